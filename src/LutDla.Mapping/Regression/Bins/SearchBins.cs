using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Mapping.Regression.Bins;

/// <summary>What sub-vectors meet in the search.</summary>
public static class SearchBins
{
    private static readonly Bin Tie = new("two centroids are the nearest");
    private static readonly Bin AllTie = new("all centroids are as near");
    private static readonly Bin Zero = new("a centroid is met exactly");
    private static readonly Bin Largest = new("the nearest is as far as can be");
    private static readonly Bin Last = new("the last centroid is the nearest");
    private static readonly Bin FewElements = new("short sub-vectors", core => core.VectorLength > 1 ? null : "the core has one element");
    private static readonly Bin FewCentroids = new("small codebooks", core => core.Centroids > 2 ? null : "the core has two centroids");
    private static readonly Bin FewBits = new("activations of few bits", core => core.ActivationBits > 4 ? null : "the core has four");

    public static IReadOnlyList<Bin> All { get; } = [Tie, AllTie, Zero, Largest, Last, FewElements, FewCentroids, FewBits];

    public static void Count(Core core, LayerData data, BinCounts counts)
    {
        var layer = data.Layer;
        counts.Add(FewElements, layer.VectorLength < core.VectorLength);
        counts.Add(FewCentroids, layer.CentroidCount < core.Centroids);
        counts.Add(FewBits, layer.ActivationBits < core.ActivationBits);
        var largest = DistanceBounds.Maximum(layer.Metric, core.ActivationBits, core.VectorLength);
        var (length, size) = (layer.VectorLength, layer.CentroidCount * layer.VectorLength);
        for (var search = 0; search < data.Indices.Length; search++)
        {
            var vector = data.SubVectors.AsSpan(search * length, length);
            var codebook = layer.Codebooks.AsSpan().Slice(search % layer.SubspaceCount * size, size);
            var nearest = GoldenDistance.Between(layer.Metric, vector, codebook.Slice(data.Indices[search] * length, length));
            var ties = 0;
            for (var j = 0; j < layer.CentroidCount; j++)
                ties += GoldenDistance.Between(layer.Metric, vector, codebook.Slice(j * length, length)) == nearest ? 1 : 0;
            counts.Add(Tie, ties > 1);
            counts.Add(AllTie, ties == layer.CentroidCount);
            counts.Add(Zero, nearest == 0);
            counts.Add(Largest, nearest == largest);
            counts.Add(Last, data.Indices[search] == core.Centroids - 1);
        }
    }
}
