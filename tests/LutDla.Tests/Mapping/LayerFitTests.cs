using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;

namespace LutDla.Tests.Mapping;

/// <summary>Every reason for which a core refuses a layer, and none for a layer at its limits.</summary>
public sealed class LayerFitTests
{
    private const int Subspaces = 3;

    // All entries at their extremes: three of -128 need ten bits.
    private static readonly LutLayer Layer = SampleNetworks.Layer(
        Subspaces * 2, 2, SampleNetworks.Kernel1, v: 2, c: 4, DistanceMetric.L1) is var layer
        ? layer with { Tables = [.. layer.Tables.Select(_ => (short)-128)], Bias = [0, 0] }
        : throw new InvalidOperationException("There is a layer.");

    private static readonly DesignConfig Exact = new()
    {
        Name = "exact",
        Similarity = new() { Metric = DistanceMetric.L1, ActivationBits = 8, VectorLength = 2, Centroids = 4 },
        Matching = new() { TableBits = 8, Lanes = 2 },
        Tile = new() { Rows = 4, MaximumSubspaces = Subspaces, AccumulatorBits = 10, IndexBufferBeats = 16 },
        Rescale = new() { Units = 1, OutputBits = 8 },
        Memories = new(),
    };

    public static TheoryData<string, string> Reasons { get; } = new()
    {
        { "vector_length", "similarity.vector_length = 1" },
        { "centroid_count", "similarity.centroids = 3" },
        { "activation_bits", "similarity.activation_bits = 7" },
        { "table_bits", "matching.table_bits = 7" },
        { "subspaces", "tile.maximum_subspaces = 2" },
        { "metric", "must be the metric L2" },
        { "output", "must fit the 7 bits of a result" },
        { "channel 0", "It needs 10 bits; 9 are available." },
    };

    [Fact]
    public void A_layer_at_every_limit_fits() => Assert.Empty(LayerFit.Problems(Core.From(Exact), "net", "conv", Layer));

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_layer_beyond_a_limit_does_not(string key, string rule)
    {
        var problems = LayerFit.Problems(Core.From(Smaller(key)), "net", "conv", Layer).ToList();

        Assert.Contains(problems, p => p.Key.Contains(key, StringComparison.Ordinal) && p.Rule.Contains(rule, StringComparison.Ordinal));
        Assert.All(problems, p => Assert.Equal("net", p.File));
    }

    // What section 4 of docs/arithmetic.md takes, a core takes, and nothing else.
    [Theory]
    [InlineData(511, true)]
    [InlineData(512, false)]
    [InlineData(-512, true)]
    [InlineData(-513, false)]
    public void A_bias_fits_where_the_proof_says_so(int bias, bool fits)
    {
        var layer = Layer with { Bias = [0, bias] };

        Assert.Equal(fits, OverflowProof.RequiredBits(layer) <= 10);
        Assert.Equal(fits ? [] : ["conv, channel 1"], LayerFit.Problems(Core.From(Exact), "net", "conv", layer).Select(p => p.Key));
    }

    [Fact]
    public void Every_reason_is_told_at_once()
    {
        var core = Core.From(Exact with { Similarity = Exact.Similarity with { Centroids = 3, VectorLength = 1 } });

        var error = Assert.Throws<InvalidInputException>(() => LayerFit.Check(core, "net", [("conv", Layer)]));

        Assert.Equal(["conv.vector_length", "conv.centroid_count"], error.Problems.Select(p => p.Key));
    }

    [Theory]
    [InlineData(
        "vector_length",
        "net: conv.vector_length = 2: must be at most similarity.vector_length = 1 of the design exact. "
        + "Convert the network for this design, or raise the design's value.")]
    [InlineData(
        "metric",
        "net: conv.metric = L1: must be the metric L2 of the design exact. "
        + "Convert the network with this metric, or change similarity.metric.")]
    [InlineData(
        "output",
        "net: conv.output = -128 to 127: must fit the 7 bits of a result of the design exact. Raise rescale.output_bits.")]
    public void A_reason_says_what_is_there_what_may_be_and_what_to_do(string key, string message) =>
        Assert.Contains(message, LayerFit.Problems(Core.From(Smaller(key)), "net", "conv", Layer).Select(p => p.ToString()));

    [Theory]
    [InlineData(-65, 0)]
    [InlineData(0, 64)]
    public void A_single_end_of_the_results_that_does_not_fit_is_enough(int minimum, int maximum)
    {
        var layer = Layer with { OutputMinimum = minimum, OutputMaximum = maximum };

        Assert.Single(LayerFit.Problems(Core.From(Smaller("output")), "net", "conv", layer));
    }

    [Fact]
    public void A_network_whose_layers_all_fit_is_taken_and_one_without_layers_refused()
    {
        LayerFit.Check(Core.From(Exact), "net", [("conv", Layer)]);

        Assert.Equal(
            "net: nodes = no LUT layer: A core needs at least one. Convert the network with fewer exact layers.",
            Assert.Throws<InvalidInputException>(() => LayerFit.Check(Core.From(Exact), "net", [])).Message);
    }

    private static DesignConfig Smaller(string key) => key switch
    {
        "vector_length" => Exact with { Similarity = Exact.Similarity with { VectorLength = 1 } },
        "centroid_count" => Exact with { Similarity = Exact.Similarity with { Centroids = 3 } },
        "activation_bits" => Exact with { Similarity = Exact.Similarity with { ActivationBits = 7 } },
        "table_bits" => Exact with { Matching = Exact.Matching with { TableBits = 7 } },
        "subspaces" => Exact with { Tile = Exact.Tile with { MaximumSubspaces = 2 } },
        "metric" => Exact with { Similarity = Exact.Similarity with { Metric = DistanceMetric.L2 } },
        "output" => Exact with { Rescale = Exact.Rescale with { OutputBits = 7 } },
        "channel 0" => Exact with { Tile = Exact.Tile with { AccumulatorBits = 9 } },
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Nothing is smaller there."),
    };
}
