using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>Sums of looked-up table rows.</summary>
internal static unsafe class TableSums
{
    /// <summary>Rows that share a pass over the tables, so that a subspace's table and the sums stay in the first-level cache.</summary>
    private const int BlockRows = 64;

    /// <summary>sums[m, n] = sum over s of tables[s, indices[s, m], n].</summary>
    /// <param name="indices">[subspaces, rows].</param>
    /// <param name="tables">[subspaces, centroids, channels].</param>
    /// <param name="sums">[rows, channels], written.</param>
    public static void Gather(byte* indices, float* tables, float* sums, int subspaces, int centroids, int rows, int channels) =>
        Slices.Run((rows + BlockRows - 1) / BlockRows, (begin, end) =>
        {
            for (var first = begin * BlockRows; first < Math.Min(end * BlockRows, rows); first += BlockRows)
            {
                var count = Math.Min(BlockRows, rows - first);
                var block = sums + (long)first * channels;
                if (channels % Vector512<float>.Count == 0)
                    GatherVectors(indices + first, tables, block, subspaces, centroids, rows, channels, count);
                else
                    GatherBlock(indices + first, tables, block, subspaces, centroids, rows, channels, count);
            }
        });

    private static void GatherBlock(
        byte* indices, float* tables, float* sums, int subspaces, int centroids, int rows, int channels, int count)
    {
        unchecked
        {
            new Span<float>(sums, count * channels).Clear();
            for (var s = 0; s < subspaces; s++, indices += rows, tables += centroids * channels)
            {
                for (var r = 0; r < count; r++) Add(sums + r * channels, tables + indices[r] * channels, channels);
            }
        }
    }

    // Sums stay in registers over all subspaces, four at a time, so that one addition need not wait for the one before.
    private static void GatherVectors(
        byte* indices, float* tables, float* sums, int subspaces, int centroids, int rows, int channels, int count)
    {
        unchecked
        {
            var vectors = channels / Vector512<float>.Count;
            var total = count * vectors;
            var i = 0;
            for (; i <= total - 4; i += 4)
            {
                var (r0, r1, r2, r3) = (i / vectors, (i + 1) / vectors, (i + 2) / vectors, (i + 3) / vectors);
                var t0 = tables + (i - r0 * vectors) * Vector512<float>.Count;
                var t1 = tables + (i + 1 - r1 * vectors) * Vector512<float>.Count;
                var t2 = tables + (i + 2 - r2 * vectors) * Vector512<float>.Count;
                var t3 = tables + (i + 3 - r3 * vectors) * Vector512<float>.Count;
                var (a0, a1, a2, a3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var chosen = indices;
                var offset = 0;
                for (var s = 0; s < subspaces; s++, chosen += rows, offset += centroids * channels)
                {
                    a0 += Vector512.Load(t0 + offset + chosen[r0] * channels);
                    a1 += Vector512.Load(t1 + offset + chosen[r1] * channels);
                    a2 += Vector512.Load(t2 + offset + chosen[r2] * channels);
                    a3 += Vector512.Load(t3 + offset + chosen[r3] * channels);
                }

                var target = sums + i * Vector512<float>.Count;
                a0.Store(target);
                a1.Store(target + Vector512<float>.Count);
                a2.Store(target + 2 * Vector512<float>.Count);
                a3.Store(target + 3 * Vector512<float>.Count);
            }

            for (; i < total; i++)
            {
                var row = i / vectors;
                var start = tables + i % vectors * Vector512<float>.Count;
                var sum = Vector512<float>.Zero;
                for (var s = 0; s < subspaces; s++) sum += Vector512.Load(start + (s * centroids + indices[s * rows + row]) * channels);
                sum.Store(sums + i * Vector512<float>.Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* target, float* source, int channels)
    {
        var n = 0;
        for (; n <= channels - Vector512<float>.Count; n += Vector512<float>.Count)
            (Vector512.Load(target + n) + Vector512.Load(source + n)).Store(target + n);
        for (; n <= channels - Vector128<float>.Count; n += Vector128<float>.Count)
            (Vector128.Load(target + n) + Vector128.Load(source + n)).Store(target + n);
        for (; n < channels; n++) target[n] += source[n];
    }
}
