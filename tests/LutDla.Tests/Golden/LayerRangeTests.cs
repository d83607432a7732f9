using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>The ranges of a layer's formats in an artefact (docs/arithmetic.md): both ends are legal, one beyond each is not.</summary>
public sealed class LayerRangeTests
{
    public static MatrixTheoryData<string, bool> Ends { get; } = new(
        ["activation_bits", "table_bits", "vector_length", "centroid_count"], [false, true]);

    [Theory]
    [MemberData(nameof(Ends))]
    public void One_beyond_the_end_of_a_range_is_refused(string key, bool isUpper)
    {
        var (lowest, highest, unit) = Range(key);

        Assert.Empty(Problems(key, isUpper ? highest : lowest));
        var beyond = isUpper ? highest + 1 : lowest - 1;
        Assert.Contains(
            $"a: conv.{key} = {beyond}: It must be {lowest} to {highest} {unit}.",
            Problems(key, beyond).Select(p => p.Split(" Convert")[0]));
    }

    private static (int Lowest, int Highest, string Unit) Range(string key) => key switch
    {
        "activation_bits" => (4, 16, "bits"),
        "table_bits" => (2, 16, "bits"),
        "vector_length" => (1, 16, "elements"),
        "centroid_count" => (2, 256, "centroids"),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No range is stated."),
    };

    private static IEnumerable<string> Problems(string key, int value)
    {
        var (v, c) = (key == "vector_length" ? value : 2, key == "centroid_count" ? value : 4);
        var (activation, table) = (key == "activation_bits" ? value : 8, key == "table_bits" ? value : 8);

        // A layer whose values fit any width; the illegal count is put in afterwards, so that tensors are made for a legal one.
        var layer = SampleNetworks.Layer(
            16, 2, SampleNetworks.Kernel1, Math.Clamp(v, 1, 16), Math.Clamp(c, 2, 256), DistanceMetric.L1,
            Math.Clamp(activation, 4, 16), Math.Clamp(table, 2, 16));
        layer = layer with { VectorLength = v, CentroidCount = c, ActivationBits = activation, TableBits = table };
        var bits = Math.Clamp(activation, 4, 16);
        var network = new QuantizedNetwork
        {
            Name = "a",
            Input = new InputQuantizer
            {
                Height = 1, Width = 1, Channels = 16, ActivationBits = bits, Codes = [.. new short[16 * 256]],
            },
            Nodes = [new LutNode("conv", ["input"], layer)],
        };
        return NetworkRules.Problems(network, "a").Select(p => p.ToString());
    }
}
