using LutDla.Boundary;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests;

public sealed class SensitivityTests
{
    private static readonly ConversionOptions Small = new() { Refit = new RefitOptions { Images = 60, KMeansRows = 500, Rows = 2000 } };

    public SensitivityTests()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
    }

    [Fact]
    public void Every_layer_is_measured_alone_and_coarser_formats_do_more_harm()
    {
        var options = Small with { Quantisation = new() { Layers = LayerRuleList.Parse(["first=exact"]) } };
        var candidates = LayerRuleList.Parse(["*=exact,w12", "*=c2,t2", "linear=lut"]);

        var measured = Measure(options, candidates, heldOut: 40);

        // Grouped layers and those kept by a rule have one format; a candidate that changes nothing is left out.
        Assert.Equal(
            ["first", "depthwise", "pointwise", "grouped", "linear", "pointwise", "linear", "pointwise", "linear"],
            measured.Select(m => m.Layer.Name));
        Assert.Equal(
            [
                "first=exact,w8", "depthwise=exact,w8", "pointwise=v4,c16,l2,t8", "grouped=exact,w8", "linear=v4,c16,l2,t8",
                "pointwise=exact,w12",
            ],
            measured.Take(6).Select(m => m.Layer.Rule.ToString()));
        Assert.All(measured, m => Assert.InRange(m.Divergence, -1e-9, double.MaxValue));
        foreach (var name in new[] { "pointwise", "linear" })
        {
            var formats = measured.Where(m => m.Layer.Name == name).ToArray();
            Assert.True(
                formats[1].Divergence < formats[0].Divergence && formats[0].Divergence < formats[2].Divergence, $"{name} is not ordered.");
            Assert.True(formats[1].Agreement >= formats[2].Agreement);
        }
    }

    [Fact]
    public void Images_are_either_converted_with_or_measured_on() =>
        Assert.Equal("images", Assert.Throws<InvalidInputException>(() => Measure(Small, [], heldOut: 101)).Problems[0].Key);

    [Fact]
    public void Bits_go_where_they_take_away_most()
    {
        LayerSensitivity[] measured =
        [
            Format("a", products: 100, bits: 0.5, divergence: 0.5), Format("a", products: 100, bits: 1, divergence: 0.1),
            Format("a", products: 100, bits: 2, divergence: 0.09), Format("b", products: 300, bits: 0.5, divergence: 0.6),
            Format("b", products: 300, bits: 1, divergence: 0.2), Format("kept", products: 1000, bits: 8, divergence: 0),
        ];

        Assert.Equal(["a=v1", "b=v1"], Rules(0.5));
        Assert.Equal(["a=v2", "b=v1"], Rules(0.7));
        Assert.Equal(["a=v2", "b=v2"], Rules(1));
        Assert.Equal(["a=v4", "b=v2"], Rules(9));
        Assert.Equal("--budget", Assert.Throws<InvalidInputException>(() => Rules(0.4)).Problems[0].Key);

        IEnumerable<string> Rules(double budget) => BudgetChoice.Choose(measured, budget).Select(m => m.Layer.Rule.ToString());
    }

    // What costs no more and does less harm is taken at any budget.
    [Fact]
    public void A_format_that_is_better_and_not_dearer_is_taken()
    {
        LayerSensitivity[] measured =
            [Format("a", 10, 1, 0.5), Format("a", 10, 1, 0.3), Format("b", 10, 0.5, 0.1), Format("b", 10, 1, 0.2)];
        Assert.Equal([0.3, 0.1], BudgetChoice.Choose(measured, 10).Select(m => m.Divergence));
    }

    private static LayerSensitivity Format(string name, long products, double bits, double divergence) => new(
        new LayerReport(name, new LayerRule(name) { VectorLength = (int)(2 * bits) }, null, 1, 10, products, products, 10, bits, 0),
        divergence, 1);

    private static IReadOnlyList<LayerSensitivity> Measure(ConversionOptions options, LayerRuleList candidates, int heldOut)
    {
        using var network = GroupedNetworks.Create();
        return Sensitivity.Measure(
            network, ToyData.Bars(160, seed: 1), options, candidates, heldOut, null, TestContext.Current.CancellationToken);
    }
}
