using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Normalisation by the batch, with rounding and clamps, against libtorch's operations.</summary>
public sealed class NormalisationTests : IDisposable
{
    private const double Momentum = 0.1;

    private readonly DisposeScope _scope;

    public NormalisationTests()
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        _scope = NewDisposeScope();
    }

    public void Dispose() => _scope.Dispose();

    // Rows and channels that fill no vector and no piece, and codes with and without a sign.
    [Theory]
    [InlineData(1, 3, 5, 0)]
    [InlineData(3, 7, 16, 0)]
    [InlineData(2, 20, 37, -128)]
    [InlineData(5, 16, 64, 0)]
    [InlineData(3, 1, 19, -128)]
    public void It_equals_batch_normalisation_and_rounding(int count, int side, int channels, int minimum)
    {
        using var generator = new Generator(3);
        // Far from zero for their deviation, as sums of tables may be.
        var sums = (randn([count, side, side, channels], generator: generator) * 40 + 700).round();
        var direction = randn(sums.shape, generator: generator);
        using var found = Started(sums, channels);
        using var wanted = Started(sums, channels);
        var (x, y) = (sums.clone().requires_grad_(), sums.clone().requires_grad_());

        var codes = found.Apply(x, new TensorScale(1, minimum, 127));
        (codes * direction).sum().backward();
        var (mean, variance) = (State(wanted, "norm_mean"), State(wanted, "norm_variance"));
        var exact = ByLibtorch(y, wanted, mean, variance);
        // The gradient passes the rounding and stops at the clamps.
        var rounded = exact.detach().round().clamp(minimum, 127);
        var inside = (rounded > minimum).logical_and(rounded < 127).to_type(ScalarType.Float32);
        (exact * inside * direction).sum().backward();

        // Near halves the codes may differ by one.
        Assert.InRange((rounded - codes).abs().max().item<float>(), 0, 1);
        Assert.InRange((rounded - codes).abs().mean().item<float>(), 0, 1e-3f);
        Close(y.grad, x.grad);
        Close(wanted.Gain.grad, found.Gain.grad);
        Close(wanted.Offset.grad, found.Offset.grad);
        Close(mean, State(found, "norm_mean"));
        Close(variance, State(found, "norm_variance"));
    }

    private static Tensor ByLibtorch(
        Tensor sums, LiveNormalisation normalisation, Tensor mean, Tensor variance) => nn.functional.batch_norm(
        sums.permute(0, 3, 1, 2), mean, variance, normalisation.Gain, normalisation.Offset, training: true, Momentum).permute(0, 2, 3, 1);

    private static LiveNormalisation Started(Tensor sums, int channels)
    {
        using var generator = new Generator(4);
        var normalisation = new LiveNormalisation(channels);
        normalisation.Start(sums.reshape(-1, channels) + 30, ones(channels), zeros(channels));
        normalisation.Gain.copy_(randn(channels, generator: generator) * 60);
        normalisation.Offset.copy_(randn(channels, generator: generator) * 40);
        normalisation.Gain.requires_grad_();
        normalisation.Offset.requires_grad_();
        return normalisation;
    }

    private static Tensor State(LiveNormalisation normalisation, string name) => normalisation.State.Single(pair => pair.Key == name).Value;

    private static void Close(Tensor? expected, Tensor? actual)
    {
        Assert.NotNull(expected);
        Assert.NotNull(actual);
        var error = (expected - actual).abs().max().item<float>() / (1e-3 + expected.abs().max().item<float>());
        Assert.InRange(error, 0, 1e-4f);
    }
}
