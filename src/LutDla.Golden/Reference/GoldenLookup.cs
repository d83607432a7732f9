using LutDla.Golden.Model;

namespace LutDla.Golden.Reference;

/// <summary>Sums of table rows (docs/arithmetic.md, section 4).</summary>
public static class GoldenLookup
{
    /// <summary>acc[n] = sum over s of table[s, indices[s], n], without the bias.</summary>
    /// <param name="indices">[S].</param>
    /// <param name="accumulators">[N], overwritten.</param>
    public static void Accumulate(LutLayer layer, ReadOnlySpan<int> indices, Span<long> accumulators)
    {
        accumulators.Clear();
        for (var s = 0; s < layer.SubspaceCount; s++)
        {
            var row = layer.Tables.AsSpan().Slice((s * layer.CentroidCount + indices[s]) * layer.OutputChannels, layer.OutputChannels);
            for (var n = 0; n < layer.OutputChannels; n++)
                accumulators[n] += row[n];
        }
    }
}
