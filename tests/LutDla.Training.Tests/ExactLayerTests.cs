using System.Collections.Immutable;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Export;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Layers that keep their products through conversion.</summary>
public sealed class ExactLayerTests : IDisposable
{
    private static readonly ConversionOptions Small = new() { Refit = new RefitOptions { Images = 60, KMeansRows = 500, Rows = 2000 } };

    private readonly TemporaryFolder _folder = new();

    public ExactLayerTests()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
    }

    public void Dispose() => _folder.Dispose();

    // 16 bits need double precision.
    [Theory]
    [InlineData(2, 8, "*=lut")]
    [InlineData(4, 8, "linear=exact")]
    [InlineData(8, 8, "*=exact")]
    [InlineData(8, 5, "first=exact")]
    [InlineData(16, 8, "*=exact")]
    [InlineData(16, 12, "pointwise=exact")]
    public void The_forward_pass_equals_the_golden_model_integer_for_integer(int weightBits, int activationBits, string rule)
    {
        var data = ToyData.Bars(60, seed: 2, channels: 3);
        var options =
            new QuantisationOptions { WeightBits = weightBits, ActivationBits = activationBits, Layers = [LayerRule.Parse(rule)] };
        using var network = Converted(options, data, out var scope);
        using var done = scope;
        // As training leaves them: between whole numbers, some beyond their limits.
        using var generator = new Generator(4);
        foreach (var matrix in network.Matrices.Values.OfType<ExactMatrix>())
            matrix.Weight.mul_(1.1f).add_(randn(matrix.Weight.shape, generator: generator) * matrix.Sizes[0]);
        var exported = NetworkExporter.Export(network, "toy", ImmutableSortedDictionary<string, string>.Empty);
        ArtefactFile.Write(_folder.File("toy.safetensors"), exported);

        // Batches of one and of many take different ways through torch.
        foreach (var count in new[] { 1, 20 })
        {
            var logits = network.Forward(ImageBatch.Whole(data, Enumerable.Range(0, count)).Levels(network.InputCodes()));
            for (var i = 0; i < count; i++)
                Assert.Equal(GoldenNetwork.Run(exported, data.Image(i)), logits[i].data<float>().ToArray().Select(value => (int)value));
            Assert.True(logits.std().item<float>() > 2, "The logits do not differ enough to tell anything.");
        }
    }

    [Fact]
    public void Grouped_layers_stay_exact_and_others_where_it_is_asked_for()
    {
        using var network = Converted(
            new() { Layers = [LayerRule.Parse("*=v2"), LayerRule.Parse("l*=exact,w5")] }, ToyData.Bars(60, seed: 2, channels: 3),
            out var scope);
        using var done = scope;
        var exported = NetworkExporter.Export(network, "toy", ImmutableSortedDictionary<string, string>.Empty);

        Assert.Equal(["depthwise", "grouped", "linear"], exported.Nodes.OfType<ExactNode>().Select(node => node.Name));
        Assert.Equal(
            [(12, 8), (3, 8), (1, 5)], exported.Nodes.OfType<ExactNode>().Select(node => (node.Layer.Groups, node.Layer.WeightBits)));
        Assert.Equal([2, 2], exported.Nodes.OfType<LutNode>().Select(node => node.Layer.VectorLength));
    }

    [Fact]
    public void Many_bits_lose_little()
    {
        var data = ToyData.Bars(60, seed: 2, channels: 3);
        using var noGradient = no_grad();
        using var network = Converted(
            new() { WeightBits = 12, ActivationBits = 12, Layers = [LayerRule.Parse("*=exact")] }, data, out var scope);
        using var done = scope;
        var batch = ImageBatch.Whole(data, Enumerable.Range(0, 60));

        var expected = network.Source.Forward(batch.Images(network.Source.Normalisation));
        var found = network.Forward(batch.Levels(network.InputCodes())) * tensor((float)network.LogitScale);

        Assert.True((expected - found).square().mean().item<float>() < 1e-4 * expected.var().item<float>());
    }

    // 16384 · 2047 + 8193 · 2 = 2^25 + 2, which single precision does not hold: a quarter of it is 2^23 + 1/2.
    [Fact]
    public void Sums_beyond_single_precision_are_exact()
    {
        var op = new MatrixOperation("layer", ["x"], 2, 1, new Window { Height = 1, Width = 1 }, Normalised: false, Relu: false);
        var format = new QuantisationOptions { WeightBits = 16 }.FormatOf(op);
        using var matrix = new ExactMatrix(op, 1, format, new TensorScale(1, -2048, 2047), new TensorScale(1, -(1 << 24), 1 << 24));
        matrix.Weight.copy_(tensor([16384f, 8193]).reshape(1, 2, 1, 1));
        matrix.Multiplier.fill_(1);
        matrix.Shift.fill_(2);

        Assert.Equal((1 << 23) + 1, matrix.Forward(tensor([2047f, 2]).reshape(1, 1, 1, 2)).item<float>());
        Assert.Equal(-(1 << 23) - 1, matrix.Forward(tensor([-2047f, -2]).reshape(1, 1, 1, 2)).item<float>());
    }

    // The exact product's gradient, which torch knows for weights that need no rounding.
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Gradients_pass_the_rounding(int weightBits)
    {
        var op = new MatrixOperation(
            "layer", ["x"], 6, 4, new Window { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 }, Normalised: false,
            Relu: false) { Groups = 2 };
        var format = new QuantisationOptions { WeightBits = weightBits }.FormatOf(op);
        using var matrix = new ExactMatrix(op, 25, format, new TensorScale(1, -128, 127), new TensorScale(1, -100_000, 100_000));
        using var generator = new Generator(5);
        matrix.Weight.copy_(randn(matrix.Weight.shape, generator: generator) * (weightBits == 8 ? 40 : 8000));
        matrix.Multiplier.fill_(3);
        matrix.Shift.fill_(weightBits == 8 ? 1 : 8);
        matrix.Weight[0, 0, 0, 0] = 1e6f;
        foreach (var (_, tensor) in matrix.State) tensor.requires_grad_();
        var images = (randn([2, 5, 5, 6], generator: generator) * 40).round().requires_grad_();
        var direction = randn([2, 5, 5, 4], generator: generator);

        (matrix.Forward(images) * direction).sum().backward();

        var weight = matrix.IntegerWeight().detach().requires_grad_();
        var straight = images.detach().requires_grad_();
        (matrix.Sums(straight, weight) * direction * tensor((float)matrix.Slopes()[0])).sum().backward();
        Close(straight.grad, images.grad);
        Assert.Equal(0, matrix.Weight.grad?[0, 0, 0, 0].item<float>());
        Close(weight.grad?[1], matrix.Weight.grad?[1]);
        Close(direction.sum([0, 1, 2]) * tensor((float)matrix.Slopes()[0]), matrix.Bias.grad);
    }

    [Fact]
    public void Training_moves_exact_layers_and_goes_on_where_it_was_stopped()
    {
        var data = ToyData.Bars(96, seed: 1);
        using var source = GroupedNetworks.Create();
        var options = Small with
        {
            Quantisation = new() { Layers = [LayerRule.Parse("linear=exact")] },
            FineTuning = new() { TableVisits = 16 * 200, BatchImages = 16 },
        };
        var before = Weights(
            LutBoost.Convert(
                source, data, options with { FineTuning = FineTuningOptions.None }, null, TestContext.Current.CancellationToken).Network);
        var whole = Weights(LutBoost.Convert(source, data, options, null, TestContext.Current.CancellationToken).Network);
        var kept = options with { CheckpointPath = _folder.File("run.ckpt") };
        using var cancellation = new CancellationTokenSource();
        var images = new Progress(cancellation);

        Assert.Throws<OperationCanceledException>(() => LutBoost.Convert(source, data, kept, images, cancellation.Token));
        var resumed = Weights(LutBoost.Convert(source, data, kept, null, TestContext.Current.CancellationToken).Network);

        Assert.All(before.Keys, name => Assert.NotEqual(before[name], whole[name]));
        Assert.All(before.Keys, name => Assert.Equal(whole[name], resumed[name]));
    }

    private static Dictionary<string, short[]> Weights(QuantizedNetwork network) =>
        network.Nodes.OfType<ExactNode>().ToDictionary(node => node.Name, node => node.Layer.Weights.ToArray());

    private static LutNetwork Converted(QuantisationOptions options, Dataset data, out DisposeScope scope)
    {
        scope = TorchSharp.torch.NewDisposeScope();
        using var noGradient = no_grad();
        using var whole = GroupedNetworks.Create(channels: 3);
        var source = NormFolding.Fold(whole);
        using var calibration = CalibrationValues.Of(source, data, 60, seed: 1);
        var network = new LutNetwork(source, options, ScalePlan.Of(source, calibration.Values, options));
        SequentialConversion.Run(
            network, calibration, heldOut: null, Small with { Quantisation = options }, progress: null,
            TestContext.Current.CancellationToken);
        return network;
    }

    private static void Close(Tensor? expected, Tensor? actual)
    {
        Assert.NotNull(expected);
        Assert.NotNull(actual);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<float>() < 1e-3f * (1 + expected.abs().max().item<float>()));
    }

    private sealed class Progress(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == "table training") cancellation.Cancel();
        }
    }
}
