using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;
using LutDla.Hardware;
using LutDla.Hardware.Schedule;

namespace LutDla.Rtl.Cosimulation;

/// <summary>A LUT layer with the rows that go through it and what the golden model makes of them.</summary>
/// <param name="Name">For reports.</param>
/// <param name="SubVectors">[M, S, v].</param>
/// <param name="Indices">[M, S].</param>
/// <param name="Outputs">[M, N].</param>
public sealed record LayerData(string Name, LutLayer Layer, short[] SubVectors, int[] Indices, int[] Outputs)
{
    public int RowCount => Indices.Length / Layer.SubspaceCount;

    public LayerShape Shape => new(RowCount, Layer.SubspaceCount, Layer.OutputChannels);

    /// <summary>The rows of several images as one matrix.</summary>
    public static LayerData From(string name, LutLayer layer, IReadOnlyList<LutLayerTrace> traces) => new(
        name, layer, [.. traces.SelectMany(t => t.SubVectors)], [.. traces.SelectMany(t => t.Indices)], [.. traces.SelectMany(t => t.Outputs)]);

    /// <summary>Whether the core can run the layer; every reason why it cannot.</summary>
    public IEnumerable<InputProblem> Problems(string file, Core core)
    {
        foreach (var (key, have, limit, of) in new[]
        {
            ("vector_length", Layer.VectorLength, core.VectorLength, "similarity.vector_length"),
            ("centroid_count", Layer.CentroidCount, core.Centroids, "similarity.centroids"),
            ("activation_bits", Layer.ActivationBits, core.ActivationBits, "similarity.activation_bits"),
            ("table_bits", Layer.TableBits, core.TableBits, "matching.table_bits"),
            ("subspaces", Layer.SubspaceCount, core.Config.Tile.MaximumSubspaces, "tile.maximum_subspaces"),
        })
        {
            if (have > limit)
                yield return new(file, $"{Name}.{key}", $"{have}", $"must be at most {of} = {limit} of the design {core.Name}.", "Convert the network for this design, or raise the design's value.");
        }

        if (Layer.Metric != core.Metric)
            yield return new(file, $"{Name}.metric", $"{Layer.Metric}", $"must be the metric {core.Metric} of the design {core.Name}.", "Convert the network with this metric, or change similarity.metric.");
        if (Layer.OutputMinimum < BitWidth.SignedMinimum(core.OutputBits) || Layer.OutputMaximum > BitWidth.SignedMaximum(core.OutputBits))
            yield return new(file, $"{Name}.output", $"{Layer.OutputMinimum} to {Layer.OutputMaximum}", $"must fit the {core.OutputBits} bits of a result of the design {core.Name}.", "Raise rescale.output_bits.");
        foreach (var (channel, bias) in Layer.Bias.Index().Where(b => BitWidth.ForSigned(Math.Min(b.Item, 0), Math.Max(b.Item, 0)) > core.BiasBits))
            yield return new(file, $"{Name}.bias[{channel}]", $"{bias}", $"must fit the {core.BiasBits} bits of an accumulator of the design {core.Name}.", "Raise tile.accumulator_bits.");
        foreach (var problem in OverflowProof.Problems(file, Name, Layer, core.AccumulatorBits))
            yield return problem;
    }
}
