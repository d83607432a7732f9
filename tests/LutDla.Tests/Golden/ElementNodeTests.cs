using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Tests.Golden;

/// <summary>Functions of values, products of values and concatenation.</summary>
public sealed class ElementNodeTests
{
    private static readonly ImageTensor Image = new(new ImageShape(1, 2, 2), [-2, 3, 1, -1]);

    private static readonly TensorRescale Half = new(1, 1, -4, 4);

    [Fact]
    public void A_function_is_looked_up_from_its_first_value_on() =>
        Assert.Equal([7, 9, 1, -8], GoldenElements.Apply(new ElementNode("e", ["x"], -2, [7, -8, 0, 1, 0, 9]), Image).Values);

    // Halves are rounded away from zero, then clamped.
    [Fact]
    public void A_product_meets_value_with_value_or_all_values_of_a_channel_with_one()
    {
        var node = new ProductNode("p", ["a", "b"], Half);

        Assert.Equal([-1, 4, 2, 2], GoldenElements.Multiply(node, Image, Image with { Values = [1, 3, 3, -3] }).Values);
        Assert.Equal([-3, -2, 2, 1], GoldenElements.Multiply(node, Image, new ImageTensor(new ImageShape(1, 1, 2), [3, -1])).Values);
    }

    [Fact]
    public void A_concatenation_brings_each_input_to_one_scale()
    {
        var node = new ConcatNode("c", ["a", "b"], [new TensorRescale(1, 0, -8, 8), Half]);

        var both = GoldenElements.Concatenate(node, [Image, new ImageTensor(new ImageShape(1, 2, 1), [5, -20])]);

        Assert.Equal(new ImageShape(1, 2, 3), both.Shape);
        Assert.Equal([-2, 3, 3, 1, -1, -4], both.Values);
    }

    [Fact]
    public void The_fast_form_equals_the_reference_form()
    {
        var network = SampleNetworks.Elements();
        var images = Enumerable.Range(0, 9).Select(seed => SampleNetworks.Image(network.Input, seed)).ToArray();
        foreach (var variant in EngineVariants.Supported)
        {
            var engine = new GoldenEngine(network, 2, variant);
            var outputs = new int[images.Length * engine.OutputLength];

            engine.Infer(images.SelectMany(image => image).ToArray(), images.Length, outputs);

            Assert.Equal(images.SelectMany(image => GoldenNetwork.Run(network, image)), outputs);
            Assert.True(outputs.Distinct().Count() > 40, "The results do not differ enough to tell anything.");
        }
    }

    [Fact]
    public void A_file_keeps_them()
    {
        using var folder = new TemporaryFolder();
        var (network, path) = (SampleNetworks.Elements(), folder.File("elements.safetensors"));

        ArtefactFile.Write(path, network);
        var read = ArtefactFile.Read(path);

        var image = SampleNetworks.Image(network.Input, 1);
        Assert.Equal(GoldenNetwork.Run(network, image), GoldenNetwork.Run(read, image));
        Assert.Equal(network.Nodes.Select(node => node.GetType()), read.Nodes.Select(node => node.GetType()));
    }

    [Fact]
    public void What_has_no_code_is_refused() => AssertProblem(
        "table.inputs = -128 to 127: The input's values must have codes, -127 to 132.",
        SampleNetworks.Elements().With("table", node => (ElementNode)node with { First = -127 }));

    [Fact]
    public void Factors_have_one_shape_or_the_second_one_pixel() => AssertProblem(
        "stretched.inputs = 1 x 1 x 4 and 5 x 7 x 4",
        SampleNetworks.Elements().With("stretched", node => node with { Inputs = ["pixel", "table"] }));

    [Fact]
    public void A_concatenation_has_a_rescale_an_input_and_as_many_pixels()
    {
        AssertProblem(
            "both.rescales = 3 rescales: There must be one for each of the 2 inputs.",
            SampleNetworks.Elements().With("both", node => node with { Inputs = ["stretched", "conv"] }));
        AssertProblem(
            "both.inputs = 5 x 7 x 4, 1 x 1 x 4, 5 x 7 x 4",
            SampleNetworks.Elements().With("both", node => node with { Inputs = ["stretched", "pixel", "conv"] }));
        AssertProblem(
            "both.inputs = 1 inputs: This operation takes 2 to 1024.",
            SampleNetworks.Elements().With("both", node => node with { Inputs = ["conv"] }));
        AssertProblem("both.rescale.shift = 32", SampleNetworks.Elements().With("both", node => (ConcatNode)node with
        {
            Rescales = ((ConcatNode)node).Rescales.SetItem(1, new TensorRescale(1, 32, 0, 1)),
        }));
    }

    private static void AssertProblem(string expected, QuantizedNetwork network) =>
        Assert.Contains(
            NetworkRules.Problems(network),
            problem => $"{problem.Key} = {problem.Value}: {problem.Rule}".StartsWith(expected, StringComparison.Ordinal));
}
