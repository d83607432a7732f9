using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Training.Kernels;

/// <summary>Sums of looked-up table rows, and what a gradient of these sums means for the tables.</summary>
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
                new Span<float>(block, count * channels).Clear();
                for (var s = 0; s < subspaces; s++)
                {
                    var chosen = indices + (long)s * rows + first;
                    var table = tables + (long)s * centroids * channels;
                    for (var r = 0; r < count; r++) Add(block + r * channels, table + chosen[r] * channels, channels);
                }
            }
        });

    /// <summary>The transpose of <see cref="Gather"/>: tables[s, j, n] = sum over the rows m with indices[s, m] = j of sums[m, n].</summary>
    /// <param name="tables">[subspaces, centroids, channels], written.</param>
    public static void Scatter(byte* indices, float* sums, float* tables, int subspaces, int centroids, int rows, int channels) =>
        Slices.Run(subspaces, (begin, end) =>
        {
            new Span<float>(tables + (long)begin * centroids * channels, (end - begin) * centroids * channels).Clear();
            for (var first = 0; first < rows; first += BlockRows)
            {
                var count = Math.Min(BlockRows, rows - first);
                for (var s = begin; s < end; s++)
                {
                    var chosen = indices + (long)s * rows + first;
                    var table = tables + (long)s * centroids * channels;
                    for (var r = 0; r < count; r++) Add(table + chosen[r] * channels, sums + (long)(first + r) * channels, channels);
                }
            }
        });

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
