using LutDla.Golden.Model;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

public sealed class GradientTests : IDisposable
{
    private static readonly LutGeometry Geometry = new(
        6, 6, 6, 3, new Window { Height = 3, Width = 3, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 }, 4, 8);

    private readonly LutMatrix _matrix;

    private readonly Tensor _images;

    public GradientTests()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var format = new TensorScale(1, -128, 127);
        var op = new MatrixOperation("layer", ["x"], 6, 3, Geometry.Window, Normalised: false, Relu: false);
        _matrix = new LutMatrix(Geometry, new QuantisationOptions().FormatOf(op), format, format);
        using var generator = new Generator(5);
        _images = (randn([2, 6, 6, 6], generator: generator) * 30).round();
        // Small enough that no table entry reaches its limit.
        _matrix.Weight.copy_(randn(_matrix.Weight.shape, generator: generator) * 0.2);
        var centroids = randn(_matrix.Centroids.shape, generator: generator) * 30;
        // The second block of each offset has two channels only.
        _matrix.Centroids.copy_(centroids * tensor([1f, 1, 1, 1, 1, 1, 0, 0]).reshape(2, 1, 4).repeat(9, 8, 1));
        foreach (var (_, value) in _matrix.State) value.requires_grad_();
        _images.requires_grad_();
    }

    public void Dispose()
    {
        _images.Dispose();
        _matrix.Dispose();
    }

    [Fact]
    public void The_input_gets_the_gradient_of_the_exact_product()
    {
        using var direction = randn([2, 3, 3, 3], generator: new Generator(6));
        (Lookup().Sums * direction).sum().backward();
        using var straight = _images.detach().clone().requires_grad_();
        (ExactProduct.Forward(Geometry, straight, _matrix.Weight.detach()) * direction).sum().backward();

        // Products are rounded to 8 significant bits.
        var error = (straight.grad! - _images.grad!).square().sum() / straight.grad!.square().sum();
        Assert.InRange(error.item<float>(), 0, 1e-4f);
    }

    [Fact]
    public void The_table_gets_its_true_gradient_and_passes_it_to_residual_weights_and_centroids()
    {
        using var direction = randn([2, 3, 3, 3], generator: new Generator(7));
        var (sums, call) = Lookup();
        (sums * direction).sum().backward();

        var oneHot = nn.functional.one_hot(call.Indices.to_type(ScalarType.Int64), 8).to_type(ScalarType.Float32);
        var expected = oneHot.permute(0, 2, 1).matmul(direction.reshape(1, -1, 3));
        Close(expected, _matrix.Residual.grad);
        Close(expected.matmul(LutMatrix.SubspaceWeights(_matrix.Weight.detach(), Geometry).permute(0, 2, 1)), _matrix.Centroids.grad);
        Assert.True(_matrix.Weight.grad?.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void An_entry_beyond_its_limit_gets_no_gradient()
    {
        using (no_grad()) _matrix.Residual.fill_(1e4f);
        Lookup().Sums.sum().backward();
        Assert.Equal(0, _matrix.Residual.grad?.abs().sum().item<float>());
    }

    [Fact]
    public void Rescaling_passes_the_slope_between_its_clamps_and_nothing_beyond()
    {
        using var sums = tensor([-1000f, -3, 0, 3, 1000, 8], [3, 2]).requires_grad_();
        using var bias = zeros(2).requires_grad_();

        RescaleFunction.apply(sums, bias, new[] { 0.5, 2.0 }, new TensorScale(1, -10, 10)).sum().backward();

        // Rows: (-1000, -3), (0, 3), (1000, 8) times (0.5, 2): -500 | -6; 0 | 6; 500 | 16.
        Assert.Equal([0f, 2, 0.5f, 2, 0, 0], Gradient(sums));
        Assert.Equal([0.5f, 4], Gradient(bias));
    }

    [Fact]
    public void Residual_addition_passes_its_factors()
    {
        // Enough for whole vectors and a rest.
        const int Pairs = 21;
        using var a = tensor([10f, 100]).repeat(Pairs).requires_grad_();
        using var b = tensor([4f, 100]).repeat(Pairs).requires_grad_();

        AddFunction.apply(a, b, new RescaleFactor(1, 1), new RescaleFactor(4, 1), new TensorScale(1, -128, 127)).sum().backward();

        Assert.Equal(Enumerable.Repeat<float[]>([0.5f, 0], Pairs).SelectMany(pair => pair), Gradient(a));
        Assert.Equal(Enumerable.Repeat<float[]>([2f, 0], Pairs).SelectMany(pair => pair), Gradient(b));
    }

    [Fact]
    public void Reconstruction_pulls_weights_and_tables_towards_each_other()
    {
        var (sums, call) = Lookup();
        var pass = new TrainingPass(ReconstructionWeight: 1, FollowCentroids: false, false, false, 0, new Random(1));
        pass.Visit(_matrix, _images, sums, call.Indices);
        var loss = pass.Loss(zeros(1));
        loss.backward();

        Assert.True(loss.item<float>() > 0);
        Assert.True(_matrix.Weight.grad?.abs().sum().item<float>() > 0);
        Assert.True(_matrix.Residual.grad?.abs().sum().item<float>() > 0);
        // Far enough to show after rounding.
        var gradient = _matrix.Residual.grad ?? zeros(1);
        using (no_grad()) _matrix.Residual.sub_(gradient * (4 / gradient.abs().max()));
        var after = new TrainingPass(ReconstructionWeight: 1, FollowCentroids: false, false, false, 0, new Random(1));
        after.Visit(_matrix, _images, Lookup().Sums, call.Indices);
        Assert.True(after.Loss(zeros(1)).item<float>() < loss.item<float>());
    }

    private (Tensor Sums, LutCall Call) Lookup()
    {
        var centroids = _matrix.IntegerCentroids();
        var call = new LutCall(_matrix, NeedsInputGradient: true);
        return (LutFunction.apply(_images, _matrix.Table(centroids), centroids, _matrix.Weight, _matrix.LogTemperature, call), call);
    }

    private static float[] Gradient(Tensor tensor) => tensor.grad is { } gradient ? gradient.data<float>().ToArray() : [];

    private static void Close(Tensor? expected, Tensor? actual)
    {
        Assert.NotNull(expected);
        Assert.NotNull(actual);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<float>() < 1e-3f * (1 + expected.abs().max().item<float>()));
    }
}
