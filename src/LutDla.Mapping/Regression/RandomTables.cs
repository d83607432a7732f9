using System.Collections.Immutable;
using LutDla.Hardware;

namespace LutDla.Mapping.Regression;

/// <summary>Tables whose sums fit an accumulator, some of them to the last value.</summary>
internal static class RandomTables
{
    /// <returns>[S, c, N].</returns>
    public static ImmutableArray<short> Of(Random random, LayerShape shape, int centroids, int bits, int accumulatorBits)
    {
        var rows = shape.SubspaceCount * centroids;
        short[] entries = [.. RandomValues.Of(random, rows * shape.ColumnCount, bits)];
        var atLimit = random.OnceIn(4);
        long[] limits = [BitWidth.SignedMinimum(accumulatorBits), BitWidth.SignedMaximum(accumulatorBits)];
        for (var column = 0; column < shape.ColumnCount; column++)
        {
            if (atLimit)
                Fill(entries, shape, column, centroids, bits, limits[column % limits.Length]);
            else
                Fit(entries, shape, column, centroids, accumulatorBits);
        }

        return [.. entries];
    }

    /// <summary>Whatever is looked up, the sum is <paramref name="target"/>, or as near as the entries get.</summary>
    private static void Fill(Span<short> entries, LayerShape shape, int column, int centroids, int bits, long target)
    {
        for (var s = 0; s < shape.SubspaceCount; s++)
        {
            var entry = Math.Clamp(target, BitWidth.SignedMinimum(bits), BitWidth.SignedMaximum(bits));
            for (var j = 0; j < centroids; j++)
                entries[(s * centroids + j) * shape.ColumnCount + column] = (short)entry;
            target -= entry;
        }
    }

    /// <summary>Makes entries smaller until no sum of them can leave the accumulator (docs/arithmetic.md, section 4).</summary>
    private static void Fit(Span<short> entries, LayerShape shape, int column, int centroids, int accumulatorBits)
    {
        long lowest = 0, highest = 0;
        for (var s = 0; s < shape.SubspaceCount; s++)
        {
            short least = 0, most = 0;
            for (var j = 0; j < centroids; j++)
            {
                var entry = entries[(s * centroids + j) * shape.ColumnCount + column];
                (least, most) = (Math.Min(least, entry), Math.Max(most, entry));
            }

            (lowest, highest) = (lowest + least, highest + most);
        }

        var excess = BitWidth.ForSigned(lowest, highest) - accumulatorBits;
        if (excess <= 0)
            return;
        for (var row = 0; row < shape.SubspaceCount * centroids; row++)
            entries[row * shape.ColumnCount + column] = (short)(entries[row * shape.ColumnCount + column] / (1L << excess));
    }
}
