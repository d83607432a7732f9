using LutDla.Benchmarks.Onnx;
using LutDla.Boundary;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Onnx;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.Recipe;
using TorchSharp;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Networks for LUTBoost from ONNX files.</summary>
public sealed class OnnxNetworkTests
{
    private const double Tolerance = 1e-4;

    private static readonly PixelNormalisation Normalisation = new([0.2f], [0.4f]);

    [Fact]
    public void A_network_that_was_exported_comes_back()
    {
        using var source = Network();
        using var imported = Read(OnnxWriter.Write(OnnxExport.Of(source)), Normalisation);

        var batch = ImageBatch.Whole(ToyData.Bars(12, seed: 3), Enumerable.Range(0, 12));
        using var expected = source.Forward(batch.Images(Normalisation));
        using var found = imported.Forward(batch.Images(Normalisation));
        Assert.Equal(0, (expected - found).abs().max().item<float>() / expected.abs().max().item<float>(), Tolerance);
        Assert.Equal((source.Graph.Height, source.Graph.Classes), (imported.Graph.Height, imported.Graph.Classes));
    }

    [Fact]
    public void An_imported_network_converts_as_its_source_does()
    {
        using var source = Network();
        using var imported = Read(OnnxWriter.Write(OnnxExport.Of(source)), Normalisation);
        var (data, options) = (
            ToyData.Bars(64, seed: 1), new ConversionOptions { Refit = new() { Images = 64, KMeansRows = 512, Rows = 512 } });

        var cancellation = TestContext.Current.CancellationToken;
        var expected = LutBoost.Convert(source, data, options, cancellation: cancellation);
        var found = LutBoost.Convert(imported, data, options, cancellation: cancellation);

        Assert.Equal(expected.Layers.Count, found.Layers.Count);
        Assert.All(
            expected.Layers.Zip(found.Layers), pair => Assert.Equal(pair.First.RelativeError ?? 1, pair.Second.RelativeError ?? 0, 0.01));
        NetworkRules.Check(found.Network);
    }

    // Other spellings: normalisation apart, Clip for a rectification, MatMul and Add for a linear layer, a softmax at the end.
    [Fact]
    public void Other_spellings_give_what_ONNX_Runtime_gives()
    {
        var model = new ModelBuilder(13).Input("image", "n", 1, 6, 5).Output("scores")
            .Weights("w1", 3, 1, 3, 3).Positive("scale", 3).Weights("shift", 3).Weights("mean", 3).Positive("variance", 3)
            .Weights("b1", 3, 1, 1).Number("zero", 0).Integers("row", 0, -1).Weights("w2", 18, 4).Weights("b2", 4)
            .Node("Conv", "image w1", "a", ("pads", new[] { 1, 1, 1, 1 }))
            .Node("BatchNormalization", "a scale shift mean variance", "b")
            .Node("Add", "b b1", "b0")
            .Node("Clip", "b0 zero", "c")
            .Node("MaxPool", "c", "d", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }))
            .Node("Reshape", "d row", "e")
            .Node("MatMul", "e w2", "f")
            .Node("Add", "f b2", "g")
            .Node("Softmax", "g", "scores")
            .ToArray();
        using var network = Read(model, null);
        var values = Values.Random(7, 1, 1, 6, 5);

        using var images = torch.tensor(values.Singles.ToArray()).reshape(1, 1, 6, 5);
        using var found = torch.nn.functional.softmax(network.Forward(images), 1);

        Assert.Equal(
            [typeof(MatrixOperation), typeof(PoolOperation), typeof(FlattenOperation), typeof(MatrixOperation)],
            network.Graph.Operations.Select(op => op.GetType()));
        Assert.True(
            Values.Difference(
                OnnxRuntimeResult.Of(model, "image", values),
                ImportedConstant.OfSingles([1, 4], found.data<float>().ToArray())) <= Tolerance);
    }

    // As ReLU6 is, with a ceiling that these values reach. The second rectified convolution is read by the addition only, in more bits than
    // the ceiling needs.
    [Fact]
    public void A_ceiling_is_what_ONNX_Runtime_makes_of_it_and_the_integers_stay_below_it()
    {
        const float Ceiling = 0.5f;
        var model = new ModelBuilder(13).Input("image", "n", 1, ToyData.Side, ToyData.Side).Output("scores")
            .Weights("w1", 3, 1, 3, 3).Weights("w2", 3, 3, 3, 3).Weights("w3", 4, 3).Number("zero", 0).Number("ceiling", Ceiling)
                .Integers("row", 0, -1)
            .Node("Conv", "image w1", "a", ("pads", new[] { 1, 1, 1, 1 })).Node("Clip", "a zero ceiling", "b")
            .Node("Conv", "b w2", "c", ("pads", new[] { 1, 1, 1, 1 })).Node("Clip", "c zero ceiling", "d")
            .Node("Add", "b d", "e").Node("Clip", "e zero ceiling", "f")
            .Node("GlobalAveragePool", "f", "g").Node("Reshape", "g row", "h").Node("Gemm", "h w3", "scores", ("transB", 1))
            .ToArray();
        using var network = Read(model, null);
        var values = Values.Random(7, 1, 1, ToyData.Side, ToyData.Side);

        using var found = network.Forward(torch.tensor(values.Singles.ToArray()).reshape(1, 1, ToyData.Side, ToyData.Side));
        Assert.True(
            Values.Difference(
                OnnxRuntimeResult.Of(model, "image", values),
                ImportedConstant.OfSingles([1, 4], found.data<float>().ToArray())) <= Tolerance);

        var calibration = CalibrationValues.Of(network, ToyData.Bars(64, seed: 1), 64, seed: 1);
        var scales = ScalePlan.Of(network, calibration.Values, new QuantisationOptions());
        foreach (var op in network.Graph.Operations.Where(op => op is MatrixOperation { Relu: true } or AddOperation))
        {
            Assert.Equal(Ceiling, calibration.Values[op.Name].max().item<float>());
            Assert.InRange(scales[op.Name].Scale * scales[op.Name].Maximum, 0.25 * Ceiling, Ceiling + 0.5 * scales[op.Name].Scale);
        }
    }

    [Fact]
    public void A_published_model_converts_and_keeps_its_accuracy()
    {
        var folder = Environment.GetEnvironmentVariable("LUTDLA_DATA") ?? "";
        var path = Path.Combine(folder, "onnx", "mnist_cntk_ort.onnx");
        Assert.SkipUnless(File.Exists(path), "LUTDLA_DATA names no folder that holds onnx/mnist_cntk_ort.onnx.");
        using var network = OnnxNetwork.Read(path, [], [1 / 255f]);
        var test = DatasetSource.Load(DatasetName.Mnist, DatasetPart.Test).Take(2000);
        var train = DatasetSource.Load(DatasetName.Mnist, DatasetPart.Train).Take(2000);

        var before = network.Accuracy(test, TestContext.Current.CancellationToken);
        var converted = LutBoost.Convert(
            network, train, ConversionOptions.Fast, cancellation: TestContext.Current.CancellationToken).Network;
        var after = (double)new GoldenEngine(converted).CountCorrect(test.Images, test.Labels) / test.Count;

        Assert.True(before > 0.97, $"The network knows {before:P2} of the test images.");
        Assert.True(before - after < 0.03, $"Conversion takes it from {before:P2} to {after:P2}.");
    }

    [Fact]
    public void Grouped_convolutions_are_taken_and_stay_exact()
    {
        using var source = GroupedNetworks.Create();
        using var imported = Read(OnnxWriter.Write(OnnxExport.Of(source)), source.Normalisation);
        var batch = ImageBatch.Whole(ToyData.Bars(12, seed: 3), Enumerable.Range(0, 12)).Images(source.Normalisation);
        using var expected = source.Forward(batch);
        using var found = imported.Forward(batch);
        Assert.Equal(0, (expected - found).abs().max().item<float>() / expected.abs().max().item<float>(), Tolerance);

        var options = new ConversionOptions { Refit = new() { Images = 64, KMeansRows = 512, Rows = 512 } };
        var converted = LutBoost.Convert(
            imported, ToyData.Bars(64, seed: 1), options, cancellation: TestContext.Current.CancellationToken).Network;

        Assert.Equal(["depthwise", "grouped"], converted.Nodes.OfType<ExactNode>().Select(node => node.Name.Split('.')[0]));
    }

    // The convolution's result is read once as an image, and once rectified as a row.
    [Fact]
    public void A_result_that_others_read_is_not_rectified_for_them()
    {
        var model = new ModelBuilder(13).Input("image", "n", 1, 4, 4).Output("scores")
            .Weights("w1", 3, 1, 4, 4).Weights("w2", 3, 3, 1, 1).Integers("row", 0, -1).Integers("pixel", 0, -1, 1, 1)
            .Node("Conv", "image w1", "a")
            .Node("Reshape", "a row", "b")
            .Node("Relu", "b", "c")
            .Node("Reshape", "c pixel", "d")
            .Node("Add", "a d", "e")
            .Node("Conv", "e w2", "scores")
            .ToArray();

        using var network = Read(model, null);
        var values = Values.Random(7, 1, 1, 4, 4);

        using var found = network.Forward(torch.tensor(values.Singles.ToArray()).reshape(1, 1, 4, 4));

        Assert.True(Values.Difference(
            OnnxRuntimeResult.Of(model, "image", values),
            ImportedConstant.OfSingles([1, 3, 1, 1], found.data<float>().ToArray())) <= Tolerance);
    }

    [Fact]
    public void What_LUTBoost_cannot_take_is_told_all_at_once()
    {
        var model = new ModelBuilder(9).Input("image", "n", 2, 6, 6).Output("scores")
            .Weights("w1", 2, 2, 3, 3).Weights("w2", 4, 2, 6, 6).Weights("w3", 4, 2, 1, 1)
            .Node("Conv", "image w1", "holes", ("dilations", new[] { 2, 2 }))
            .Node("MaxPool", "image", "pooled", ("kernel_shape", new[] { 2, 2 }))
            .Node("Relu", "pooled", "rectified")
            .Node("Conv", "image w3", "pixels")
            .Node("Slice", "pixels", "cut", ("starts", new[] { 0 }), ("ends", new[] { 2 }), ("axes", new[] { 1 }))
            .Node("Conv", "image w2", "scores")
            .Output("holes").Output("rectified").Output("cut")
            .ToArray();

        var fault = Assert.Throws<InvalidInputException>(() => Read(model, Normalisation));

        Assert.Equal(
            ["cut", "deviation", "holes", "mean", "output"],
            fault.Problems.Select(p => p.Key.Replace("node_", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static FloatNetwork Network()
    {
        TorchRuntime.EnsureLoaded();
        return FloatNetwork.Create(Architectures.Build(Architecture.ResNet8, ToyData.Side, ToyData.Side, 1, 4), Normalisation, seed: 1);
    }

    private static FloatNetwork Read(byte[] model, PixelNormalisation? normalisation)
    {
        using var folder = new TemporaryFolder();
        return OnnxNetwork.Read(folder.Write("model.onnx", model), normalisation?.Mean ?? [], normalisation?.Deviation ?? []);
    }
}
