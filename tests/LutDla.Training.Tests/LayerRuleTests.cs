using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Networks.Definitions;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests;

public sealed class LayerRuleTests
{
    [Theory]
    [InlineData("linear=exact")]
    [InlineData("linear=exact,w4")]
    [InlineData("layer3.*=v8,c32,l1,t4")]
    [InlineData("*conv?=chebyshev")]
    [InlineData("fc=lut")]
    [InlineData("fc=v8,x2")]
    [InlineData("fc=o0.5")]
    [InlineData("fc=v4,x3,o1.25,w6")]
    public void A_rule_prints_as_it_is_read(string text) => Assert.Equal(text, LayerRule.Parse(text).ToString());

    [Theory]
    [InlineData("linear")]
    [InlineData("linear=")]
    [InlineData("=exact")]
    [InlineData("a=v")]
    [InlineData("a=v-1")]
    [InlineData("a=v4,y3")]
    [InlineData("a=x")]
    [InlineData("a=x1.5")]
    [InlineData("a=exact,x2")]
    [InlineData("a=exact,o1")]
    [InlineData("a=x2,w4")]
    [InlineData("a=o")]
    [InlineData("a=o0,5")]
    [InlineData("a=o-1")]
    [InlineData("a=o1e1")]
    [InlineData("a=exact,v4")]
    [InlineData("a=lut,exact")]
    [InlineData("a=l1,w4")]
    [InlineData("a=w4")]
    [InlineData("a=v4,,c3")]
    [InlineData("a=v99999999999")]
    public void What_is_no_rule_is_refused(string text) => Assert.Throws<InvalidInputException>(() => LayerRule.Parse(text));

    [Fact]
    public void All_faults_of_a_list_are_told_at_once() =>
        Assert.Equal(
            ["a", "b"],
            Assert.Throws<InvalidInputException>(
                () => LayerRuleList.Parse(["a=v", "c=v3", "b=q"])).Problems.Select(problem => problem.Key));

    [Fact]
    public void Later_rules_win_and_what_they_leave_out_stays()
    {
        var options = new QuantisationOptions
        {
            VectorLength = 3, CentroidCount = 8, Layers = LayerRuleList.Parse(["*=v8,t4", "b?=c32,l1", "bc=exact,w3", "bd=exact", "bd=v2"]),
        };

        Assert.Equal((null, 8, 8, DistanceMetric.L2, 4), Values(options.FormatOf(Layer("a"))));
        Assert.Equal((null, 8, 32, DistanceMetric.L1, 4), Values(options.FormatOf(Layer("bb"))));
        Assert.Equal((ExactReason.AskedFor, 3), (options.FormatOf(Layer("bc")).Exact, options.FormatOf(Layer("bc")).WeightBits));
        Assert.Equal((null, 2, 32, DistanceMetric.L1, 4), Values(options.FormatOf(Layer("bd"))));
        // As many elements as channels; a name is matched whole, and case counts.
        Assert.Equal(5, options.FormatOf(Layer("a") with { InputChannels = 5 }).VectorLength);
        Assert.Equal(
            16,
            new QuantisationOptions { Layers = LayerRuleList.Parse(
                ["A=v2", "a.=v2", "?a=v2"]), VectorLength = 16 }.FormatOf(Layer("a")).VectorLength);
    }

    [Fact]
    public void Layers_that_read_the_image_have_single_elements_unless_a_rule_says_otherwise()
    {
        var first = Layer("first") with { Inputs = [FloatGraph.InputName] };
        Assert.Equal(1, new QuantisationOptions().FormatOf(first).VectorLength);
        Assert.Equal(3, new QuantisationOptions { Layers = [LayerRule.Parse("first=v3")] }.FormatOf(first).VectorLength);
    }

    [Fact]
    public void Grouped_layers_are_exact_whatever_rules_say()
    {
        var options = new QuantisationOptions { Layers = LayerRuleList.Parse(["a=exact", "a=v2"]) };
        Assert.Equal(ExactReason.Grouped, options.FormatOf(Layer("a") with { Groups = 2 }).Exact);
    }

    [Fact]
    public void A_pattern_without_a_layer_is_refused_and_the_layers_are_named()
    {
        var options = new ConversionOptions { Quantisation = new() { Layers = LayerRuleList.Parse(
            ["conv*=v2", "fc9=exact", "lin*=exact"]) } };
        var fault = Assert.Throws<InvalidInputException>(() => options.Check(Architectures.Build(Architecture.LeNet5, 28, 28, 1, 10)));
        Assert.Equal(["fc9=exact", "lin*=exact"], fault.Problems.Select(problem => problem.Value));
        Assert.Equal("The layers are conv1, conv2, fc1, fc2, fc3.", fault.Problems[0].Mend);
    }

    [Theory]
    [InlineData("fc1=v17", "fc1=v17: v")]
    [InlineData("fc1=c1", "fc1=c1: c")]
    [InlineData("fc1=t1", "fc1=t1: t")]
    [InlineData("fc1=exact,w17", "fc1=exact,w17: w")]
    [InlineData("fc1=x0", "fc1=x0: x")]
    [InlineData("fc1=x5", "fc1=x5: x")]
    [InlineData("fc1=o0", "fc1=o0: o")]
    [InlineData("fc1=o50.1", "fc1=o50.1: o")]
    [InlineData("fc1=o1,w1", "fc1=o1,w1: w")]
    public void Numbers_out_of_range_are_named(string rule, string key)
    {
        var options = new ConversionOptions { Quantisation = new() { Layers = [LayerRule.Parse(rule)] } };
        var fault = Assert.Throws<InvalidInputException>(() => options.Check(Architectures.Build(Architecture.LeNet5, 28, 28, 1, 10)));
        Assert.Equal(key, Assert.Single(fault.Problems).Key);
    }

    [Fact]
    public void Parts_have_the_formats_that_rules_give_their_layer()
    {
        var options = new QuantisationOptions { Layers = LayerRuleList.Parse(
            ["a=v2,t4,x2,o1,w5", "a.1=v8", "b=x2", "b=exact", "c=x3", "c=x1"]) };
        var part = Layer("a.1") with { Part = new LayerPart("a", IsSparse: false) };
        Assert.Equal((null, 2, 16, DistanceMetric.L2, 4), Values(options.FormatOf(part)));
        var sparse = options.FormatOf(part with { Part = new LayerPart("a", IsSparse: true) });
        Assert.Equal((ExactReason.Largest, 5), (sparse.Exact, sparse.WeightBits));
        Assert.Equal([true, false, false], new[] { "a", "b", "c" }.Select(name => options.FormatOf(Layer(name)).IsSplit));
        Assert.Equal((2, 1m), (options.FormatOf(Layer("a")).Copies, options.FormatOf(Layer("a")).SparsePercent));
    }

    [Fact]
    public void A_pattern_means_layers_and_not_their_parts()
    {
        var options = new ConversionOptions { Quantisation = new() { Layers = LayerRuleList.Parse(["fc1=x2", "fc1.2=v8"]) } };
        var fault = Assert.Throws<InvalidInputException>(() => options.Check(Architectures.Build(Architecture.LeNet5, 28, 28, 1, 10)));
        Assert.Equal("fc1.2=v8", Assert.Single(fault.Problems).Value);
    }

    // 12 bits and v = 1 have distances below 2^24 in L2; with v = 2 they reach it.
    [Fact]
    public void Distances_must_be_exact_in_the_layers_that_have_them()
    {
        var options =
            new ConversionOptions { Quantisation = new() { ActivationBits = 12, VectorLength = 1, Layers = [LayerRule.Parse("fc1=v2")] } };
        var graph = Architectures.Build(Architecture.LeNet5, 28, 28, 1, 10);
        var fault = Assert.Throws<InvalidInputException>(() => options.Check(graph));
        Assert.Contains("fc1", Assert.Single(fault.Problems).Rule, StringComparison.Ordinal);
        (options with { Quantisation = options.Quantisation with { Layers = LayerRuleList.Parse(["fc1=v2", "fc1=exact"]) } }).Check(graph);
    }

    [Fact]
    public void Lists_are_equal_by_their_rules_and_print_them()
    {
        Assert.Equal(LayerRuleList.Parse(["a=v2", "b=exact"]), LayerRuleList.Parse(["a=v2", "b=exact"]));
        Assert.NotEqual(LayerRuleList.Parse(["a=v2", "b=exact"]), LayerRuleList.Parse(["b=exact", "a=v2"]));
        Assert.Contains(
            "Layers = [a=v2; b=exact]", new QuantisationOptions { Layers = LayerRuleList.Parse(["a=v2", "b=exact"]) }.ToString(),
            StringComparison.Ordinal);
    }

    private static MatrixOperation Layer(string name) =>
        new(name, ["x"], 64, 8, new Window { Height = 1, Width = 1 }, Normalised: false, Relu: false);

    private static (ExactReason? Exact, int Length, int Count, DistanceMetric Metric, int TableBits) Values(LayerFormat format) =>
        (format.Exact, format.VectorLength, format.CentroidCount, format.Metric, format.TableBits);
}
