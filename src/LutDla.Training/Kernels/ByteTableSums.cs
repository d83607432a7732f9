using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>Sums of looked-up rows of tables of bytes, which stay in 16 bits: a quarter of the memory of <see cref="TableSums"/>.</summary>
internal static unsafe class ByteTableSums
{
    /// <summary>Rows that share a pass over the tables.</summary>
    private const int BlockRows = 64;

    private const int UnitChannels = 16;

    /// <summary>Whether entries fit in bytes, sums in 16 bits, and channels fill vectors.</summary>
    public static bool Serves(LutGeometry geometry, int tableBits) =>
        tableBits <= 8 && geometry.OutputChannels % UnitChannels == 0 && geometry.SubspaceCount <= short.MaxValue / -sbyte.MinValue;

    /// <summary>sums[m, n] = sum over s of tables[s, indices[s, m], n].</summary>
    /// <param name="indices">[subspaces, rows].</param>
    /// <param name="tables">[subspaces, centroids, channels].</param>
    /// <param name="sums">[rows, channels], written.</param>
    public static void Gather(byte* indices, sbyte* tables, float* sums, int subspaces, int centroids, int rows, int channels) =>
        Slices.Run((rows + BlockRows - 1) / BlockRows, (begin, end) =>
        {
            for (var first = begin * BlockRows; first < Math.Min(end * BlockRows, rows); first += BlockRows)
                GatherBlock(
                    indices + first, tables, sums + (long)first * channels, subspaces, centroids, rows, channels,
                    Math.Min(BlockRows, rows - first));
        });

    // Sums stay in registers over all subspaces, four at a time, so that one addition need not wait for the one before.
    private static void GatherBlock(
        byte* indices, sbyte* tables, float* sums, int subspaces, int centroids, int rows, int channels, int count)
    {
        unchecked
        {
            var units = channels / UnitChannels;
            var total = count * units;
            var i = 0;
            for (; i <= total - 4; i += 4)
            {
                var (r0, r1, r2, r3) = (i / units, (i + 1) / units, (i + 2) / units, (i + 3) / units);
                var (n0, n1) = ((i - r0 * units) * UnitChannels, (i + 1 - r1 * units) * UnitChannels);
                var (n2, n3) = ((i + 2 - r2 * units) * UnitChannels, (i + 3 - r3 * units) * UnitChannels);
                var (a0, a1, a2, a3) = (Vector256<short>.Zero, Vector256<short>.Zero, Vector256<short>.Zero, Vector256<short>.Zero);
                var chosen = indices;
                var table = tables;
                for (var s = 0; s < subspaces; s++, chosen += rows, table += centroids * channels)
                {
                    a0 += Load(table + chosen[r0] * channels + n0);
                    a1 += Load(table + chosen[r1] * channels + n1);
                    a2 += Load(table + chosen[r2] * channels + n2);
                    a3 += Load(table + chosen[r3] * channels + n3);
                }

                var target = sums + i * UnitChannels;
                Store(a0, target);
                Store(a1, target + UnitChannels);
                Store(a2, target + 2 * UnitChannels);
                Store(a3, target + 3 * UnitChannels);
            }

            for (; i < total; i++)
            {
                var row = i / units;
                var start = tables + (i - row * units) * UnitChannels;
                var sum = Vector256<short>.Zero;
                for (var s = 0; s < subspaces; s++) sum += Load(start + (s * centroids + indices[s * rows + row]) * channels);
                Store(sum, sums + i * UnitChannels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(sbyte* entries)
    {
        if (Avx2.IsSupported) return Avx2.ConvertToVector256Int16(entries);
        var (low, high) = Vector128.Widen(Vector128.Load(entries));
        return Vector256.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<short> sums, float* target)
    {
        var (low, high) = Vector256.Widen(sums);
        Vector256.ConvertToSingle(low).Store(target);
        Vector256.ConvertToSingle(high).Store(target + Vector256<float>.Count);
    }
}
