using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>
/// Adds rows to the table entries that they choose, for several subspaces at once: their indices are the digits of one joint index, as many
/// as a byte holds (two with 16 centroids). A row is added to one entry of a joint table, of which an entry of a subspace's table is the
/// sum over all joint indices with its digit: half of the additions, and neighbouring rows, which often choose alike, seldom wait for each
/// other.
/// </summary>
internal static unsafe class JointTableSums
{
    private const int JointEntries = 256;

    /// <summary>Channels at a time. Two joint tables of so many fill the first-level cache.</summary>
    private const int Width = 16;

    private const int JointTable = JointEntries * Width;

    /// <summary>Rows that go into joint tables before these are divided: their gradient stays in the second-level cache.</summary>
    private const int BlockRows = 4096;

    private const int CacheLine = 64;

    /// <summary>
    /// The transpose of <see cref="TableSums.Gather"/>: tables[s, j, n] = sum over the rows m with indices[s, m] = j of sums[m, n].
    /// </summary>
    /// <param name="indices">[subspaces, rows].</param>
    /// <param name="sums">[rows, channels].</param>
    /// <param name="tables">[subspaces, centroids, channels], written.</param>
    public static void Scatter(byte* indices, float* sums, float* tables, int subspaces, int centroids, int rows, int channels)
    {
        var digits = 1;
        // Dividing a joint table must not take longer than adding the rows.
        for (var entries = centroids * centroids; entries <= Math.Min(JointEntries, rows); entries *= centroids) digits++;
        Slices.Run((subspaces + 2 * digits - 1) / (2 * digits), (begin, end) =>
        {
            var (first, last) = (2 * digits * begin, Math.Min(2 * digits * end, subspaces));
            new Span<float>(tables + (long)first * centroids * channels, (last - first) * centroids * channels).Clear();
            var scratch = stackalloc byte[CacheLine + 2 * JointTable * sizeof(float) + 2 * BlockRows];
            var joint = (float*)((nint)(scratch + CacheLine - 1) & -CacheLine);
            var codes = (byte*)(joint + 2 * JointTable);
            var tail = channels % Width;
            var padded = tail == 0 ? [] : new float[Math.Min(BlockRows, rows) * Width];
            fixed (float* copy = padded)
            {
                for (var row = 0; row < rows; row += BlockRows)
                {
                    var count = Math.Min(BlockRows, rows - row);
                    var source = sums + (long)row * channels;
                    if (tail > 0) Copy(source + channels - tail, channels, tail, count, copy);
                    for (var s = first; s < last; s += 2 * digits)
                    {
                        // Where the second has no subspaces, all rows choose its entry 0, which nobody reads.
                        var (left, right) = (Math.Min(digits, last - s), Math.Clamp(last - s - digits, 0, digits));
                        var chosen = indices + (long)s * rows + row;
                        Join(chosen, left, centroids, rows, count, codes);
                        Join(chosen + (long)digits * rows, right, centroids, rows, count, codes + BlockRows);
                        var table = tables + (long)s * centroids * channels;
                        for (var n = 0; n < channels; n += Width, table += Width)
                        {
                            var width = Math.Min(Width, channels - n);
                            if (width == Width)
                                Add(source + n, channels, codes, count, joint);
                            else
                                Add(copy, Width, codes, count, joint);
                            Divide(joint, table, left, centroids, channels, width);
                            Divide(joint + JointTable, table + (long)digits * centroids * channels, right, centroids, channels, width);
                        }
                    }
                }
            }
        });
    }

    private static void Copy(float* source, int channels, int width, int count, float* copy)
    {
        for (var m = 0; m < count; m++)
            new Span<float>(source + (nint)m * channels, width).CopyTo(new Span<float>(copy + m * Width, width));
    }

    // The index of the first subspace is the lowest digit.
    private static void Join(byte* indices, int digits, int centroids, int rows, int count, byte* codes)
    {
        unchecked
        {
            // No product exceeds a byte, so two bytes are multiplied as one number of 16 bits.
            var factor = Vector512.Create((ushort)centroids);
            new Span<byte>(codes, count).Clear();
            for (var d = digits - 1; d >= 0; d--)
            {
                var chosen = indices + (nint)d * rows;
                nint m = 0;
                for (; m <= count - Vector512<byte>.Count; m += Vector512<byte>.Count)
                    ((Vector512.Load(codes + m).AsUInt16() * factor).AsByte() + Vector512.Load(chosen + m)).Store(codes + m);
                for (; m < count; m++) codes[m] = (byte)(codes[m] * centroids + chosen[m]);
            }
        }
    }

    // A row is loaded once for two joint tables.
    private static void Add(float* source, nint stride, byte* codes, nint count, float* joint)
    {
        unchecked
        {
            for (nint m = 0; m < count; m++, source += stride)
            {
                var row = Vector512.Load(source);
                Add(row, joint, codes[m]);
                Add(row, joint + JointTable, codes[m + BlockRows]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<float> row, float* joint, nuint code)
    {
        var entry = unchecked((float*)((byte*)joint + code * (Width * sizeof(float))));
        (Vector512.Load(entry) + row).Store(entry);
    }

    // Adds to the tables of the digits' subspaces and clears the joint table.
    private static void Divide(float* joint, float* table, int digits, int centroids, int channels, int width)
    {
        unchecked
        {
            var entries = 1;
            for (var d = 0; d < digits; d++) entries *= centroids;
            // The entries with one digit in common: runs of so many, one run in each period.
            var run = 1;
            for (var d = 0; d < digits; d++, run *= centroids)
            {
                for (var j = 0; j < centroids; j++, table += channels)
                {
                    var sum = Vector512<float>.Zero;
                    for (var period = j * run; period < entries; period += run * centroids)
                    {
                        for (var e = period; e < period + run; e++) sum += Vector512.Load(joint + e * Width);
                    }

                    if (width == Width)
                        (Vector512.Load(table) + sum).Store(table);
                    else
                        for (var n = 0; n < width; n++) table[n] += sum[n];
                }
            }

            new Span<float>(joint, entries * Width).Clear();
        }
    }
}
