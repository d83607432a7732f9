using LutDla.Training.Conversion;

namespace LutDla.Cli.Output;

/// <summary>What became of a layer, for scripts.</summary>
internal static class LayerJson
{
    /// <summary>The format in words that other tools need not take apart.</summary>
    public static object Of(LayerReport layer) => new
    {
        layer.Name, layer.Layer, Kind = layer.Exact is null ? "lut" : "exact", layer.Exact, layer.Rule.VectorLength,
        layer.Rule.CentroidCount,
        layer.Rule.Metric, layer.Rule.TableBits, layer.Rule.Copies, layer.Rule.SparsePercent, layer.Rule.WeightBits, layer.Subspaces,
        layer.Weights, layer.MultiplyAccumulates, layer.Lookups, layer.StoredBits,
        layer.BitsPerWeight, layer.BitsPerActivation, layer.RelativeError, Rule = layer.Rule.ToString(),
    };
}
