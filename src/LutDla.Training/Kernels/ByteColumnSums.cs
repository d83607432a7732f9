using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>
/// Sums of looked-up rows of tables of bytes with at most 16 centroids, as the golden engine looks them up: the columns of four subspaces
/// and a channel are one register, so that one permutation looks up two of them of 32 rows, and a multiplication by one adds the two to 16
/// bits. Needs AVX-512 VBMI.
/// </summary>
internal static unsafe class ByteColumnSums
{
    private const int ColumnLength = 16;

    private const int SubspaceGroup = 4;

    private const int ChannelGroup = 4;

    /// <summary>Entries that a register holds: the columns of a group of subspaces.</summary>
    private const int Register = SubspaceGroup * ColumnLength;

    private const int BlockRows = 64;

    /// <summary>Rows of every sixteen that unpacking puts into the lower half.</summary>
    private const int LowerRows = 8;

    /// <summary>Groups of subspaces whose sums 16 bits hold; further ones are added in single precision.</summary>
    private const int PartGroups = short.MaxValue / -sbyte.MinValue / SubspaceGroup;

    /// <summary>Whether entries fit in bytes and columns in registers.</summary>
    public static bool Serves(LutGeometry geometry, int tableBits) =>
        Avx512Vbmi.IsSupported && tableBits <= 8 && geometry.CentroidCount <= ColumnLength;

    /// <summary>sums[m, n] = sum over s of tables[s, indices[s, m], n].</summary>
    /// <param name="indices">[subspaces, rows].</param>
    /// <param name="tables">[subspaces, centroids, channels].</param>
    /// <param name="sums">[rows, channels], written.</param>
    public static void Gather(byte* indices, sbyte* tables, float* sums, int subspaces, int centroids, int rows, int channels)
    {
        var groups = (subspaces + SubspaceGroup - 1) / SubspaceGroup;
        var packed = Columns(tables, subspaces, centroids, channels);
        Slices.Run((rows + BlockRows - 1) / BlockRows, (begin, end) =>
        {
            var pairs = new byte[groups * SubspaceGroup * BlockRows];
            fixed (byte* paired = pairs)
            fixed (sbyte* columns = packed)
            {
                for (var first = begin * BlockRows; first < Math.Min(end * BlockRows, rows); first += BlockRows)
                {
                    var count = Math.Min(BlockRows, rows - first);
                    Pair(indices + first, subspaces, rows, count, paired);
                    for (var n = 0; n < channels; n += ChannelGroup)
                    {
                        for (var group = 0; group < groups; group += PartGroups)
                        {
                            Sum(
                                columns + (n * groups + group * ChannelGroup) * Register, paired + group * SubspaceGroup * BlockRows,
                                Math.Min(PartGroups, groups - group),
                                new RowBlock(
                                    (nint)(sums + (long)first * channels + n), channels, count, Math.Min(ChannelGroup, channels - n),
                                    Adds: group > 0));
                        }
                    }
                }
            }
        });
    }

    // [ceil(channels / 4), ceil(subspaces / 4), 4 channels, 4 subspaces, 16]: a register for each channel of a group of subspaces.
    private static sbyte[] Columns(sbyte* tables, int subspaces, int centroids, int channels)
    {
        unchecked
        {
            var groups = (subspaces + SubspaceGroup - 1) / SubspaceGroup;
            var columns = new sbyte[checked((channels + ChannelGroup - 1) / ChannelGroup * groups * ChannelGroup * Register)];
            fixed (sbyte* target = columns)
            {
                for (var s = 0; s < subspaces; s++, tables += centroids * channels)
                {
                    for (var n = 0; n < channels; n++)
                    {
                        var column = target + ((n / ChannelGroup * groups + s / SubspaceGroup) * ChannelGroup + n % ChannelGroup) * Register
                            + s % SubspaceGroup * ColumnLength;
                        for (var j = 0; j < centroids; j++) column[j] = tables[j * channels + n];
                    }
                }
            }

            return columns;
        }
    }

    // The subspaces of a group point into its register. Two subspaces' indices lie side by side: of rows 0-7, 16-23, 32-39, 48-55, then of
    // the others.
    private static void Pair(byte* indices, int subspaces, int rows, int count, byte* pairs)
    {
        unchecked
        {
            for (var s = 0; s < subspaces; s += 2, pairs += 2 * BlockRows)
            {
                var even = LoadPairs(indices + (long)s * rows, s, count);
                // A missing subspace adds the zeros of its column.
                var odd = s + 1 < subspaces ? LoadPairs(indices + (long)(s + 1) * rows, s + 1, count) : Vector512.Create(First(s + 1));
                Avx512BW.UnpackLow(even, odd).Store(pairs);
                Avx512BW.UnpackHigh(even, odd).Store(pairs + BlockRows);
            }

            if ((subspaces + 1) / 2 % 2 == 0) return;
            var none = Vector512.Create((ushort)(First(2) | First(3) << 8)).AsByte();
            none.Store(pairs);
            none.Store(pairs + BlockRows);
        }
    }

    private static byte First(int subspace) => (byte)(subspace % SubspaceGroup * ColumnLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> LoadPairs(byte* indices, int subspace, int count) =>
        (count == BlockRows ? Vector512.Load(indices) : Pad(indices, count)) | Vector512.Create(First(subspace));

    private static Vector512<byte> Pad(byte* indices, int count)
    {
        var padded = Vector512<byte>.Zero;
        Unsafe.CopyBlock(&padded, indices, (uint)count);
        return padded;
    }

    // Four channels of 64 rows stay in registers over all subspaces.
    private static void Sum(sbyte* columns, byte* pairs, int groups, in RowBlock target)
    {
        unchecked
        {
            Vector512<short> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            for (var group = 0; group < groups; group++)
            {
                var (low01, high01) = (Vector512.Load(pairs), Vector512.Load(pairs + BlockRows));
                var (low23, high23) = (Vector512.Load(pairs + 2 * BlockRows), Vector512.Load(pairs + 3 * BlockRows));
                var a = Vector512.Load(columns);
                a0 += LookUp(a, low01) + LookUp(a, low23);
                a1 += LookUp(a, high01) + LookUp(a, high23);
                var b = Vector512.Load(columns + Register);
                b0 += LookUp(b, low01) + LookUp(b, low23);
                b1 += LookUp(b, high01) + LookUp(b, high23);
                var c = Vector512.Load(columns + 2 * Register);
                c0 += LookUp(c, low01) + LookUp(c, low23);
                c1 += LookUp(c, high01) + LookUp(c, high23);
                var d = Vector512.Load(columns + 3 * Register);
                d0 += LookUp(d, low01) + LookUp(d, low23);
                d1 += LookUp(d, high01) + LookUp(d, high23);
                pairs += SubspaceGroup * BlockRows;
                columns += ChannelGroup * Register;
            }

            Store(a0, b0, c0, d0, 0, target);
            Store(a1, b1, c1, d1, LowerRows, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> LookUp(Vector512<sbyte> columns, Vector512<byte> pairs) =>
        Avx512BW.MultiplyAddAdjacent(Vector512<byte>.One, Avx512Vbmi.PermuteVar64x8(columns, pairs.AsSByte()));

    // Sums of rows first to first + 7, of the 16 rows behind and so on, for four channels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<short> a, Vector512<short> b, Vector512<short> c, Vector512<short> d, int first, in RowBlock target)
    {
        var (lowAb, highAb) = (Avx512BW.UnpackLow(a, b).AsInt32(), Avx512BW.UnpackHigh(a, b).AsInt32());
        var (lowCd, highCd) = (Avx512BW.UnpackLow(c, d).AsInt32(), Avx512BW.UnpackHigh(c, d).AsInt32());
        Spread(Avx512F.UnpackLow(lowAb, lowCd).AsInt16(), first, target);
        Spread(Avx512F.UnpackHigh(lowAb, lowCd).AsInt16(), first + 2, target);
        Spread(Avx512F.UnpackLow(highAb, highCd).AsInt16(), first + 4, target);
        Spread(Avx512F.UnpackHigh(highAb, highCd).AsInt16(), first + 6, target);
    }

    // Two rows in each quarter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector512<short> sums, int row, in RowBlock target)
    {
        var lower = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(sums.GetLower()));
        var upper = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(sums.GetUpper()));
        if (target.IsWhole)
        {
            lower.GetLower().GetLower().Store(target.Row(row));
            lower.GetLower().GetUpper().Store(target.Row(row + 1));
            lower.GetUpper().GetLower().Store(target.Row(row + 16));
            lower.GetUpper().GetUpper().Store(target.Row(row + 17));
            upper.GetLower().GetLower().Store(target.Row(row + 32));
            upper.GetLower().GetUpper().Store(target.Row(row + 33));
            upper.GetUpper().GetLower().Store(target.Row(row + 48));
            upper.GetUpper().GetUpper().Store(target.Row(row + 49));
            return;
        }

        target.Keep(lower.GetLower().GetLower(), row);
        target.Keep(lower.GetLower().GetUpper(), row + 1);
        target.Keep(lower.GetUpper().GetLower(), row + 16);
        target.Keep(lower.GetUpper().GetUpper(), row + 17);
        target.Keep(upper.GetLower().GetLower(), row + 32);
        target.Keep(upper.GetLower().GetUpper(), row + 33);
        target.Keep(upper.GetUpper().GetLower(), row + 48);
        target.Keep(upper.GetUpper().GetUpper(), row + 49);
    }

    /// <summary>Where the sums of a block of rows and a group of channels go.</summary>
    /// <param name="Stride">From one row to the next.</param>
    /// <param name="Adds">To what is there.</param>
    private readonly record struct RowBlock(nint Sums, int Stride, int Rows, int Channels, bool Adds)
    {
        /// <summary>Whether all rows and channels of a block are written, and nothing is added.</summary>
        public bool IsWhole { get; } = Rows == BlockRows && Channels == ChannelGroup && !Adds;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* Row(int row) => (float*)Sums + unchecked(row * Stride);

        public void Keep(Vector128<float> values, int row)
        {
            if (row >= Rows) return;
            var target = Row(row);
            for (var k = 0; k < Channels; k++) target[k] = Adds ? target[k] + values[k] : values[k];
        }
    }
}
