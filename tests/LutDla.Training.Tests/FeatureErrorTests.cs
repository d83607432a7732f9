using LutDla.Networks.Runtime;
using LutDla.Training.FineTuning;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>The error of features against its definition in libtorch's operations.</summary>
public sealed class FeatureErrorTests
{
    private const double Scale = 0.07;

    public static MatrixTheoryData<ScalarType, bool, (int Count, int Channels, int Side)> Cases { get; } = new(
        [ScalarType.Float32, ScalarType.BFloat16], [true, false], [(1, 1, 1), (2, 3, 5), (3, 19, 15), (5, 32, 8)]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_squared_error_over_the_energy(ScalarType type, bool channelsLast, (int Count, int Channels, int Side) shape)
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        using var scope = NewDisposeScope();
        using var generator = new Generator(8);
        var stored = randn([shape.Count, shape.Side, shape.Side, shape.Channels], generator: generator).to_type(type).permute(0, 3, 1, 2);
        var wanted = channelsLast ? stored : stored.contiguous();
        var codes = (randn([shape.Count, shape.Side, shape.Side, shape.Channels], generator: generator) * 30).round();
        var (x, y) = (codes.clone().requires_grad_(), codes.clone().requires_grad_());

        var found = FeatureErrorFunction.apply(x, wanted, Scale);
        (found * 3).backward();
        var target = wanted.permute(0, 2, 3, 1).to_type(ScalarType.Float32);
        var expected = (y * Scale - target).square().mean() / target.square().mean();
        (expected * 3).backward();

        Assert.Equal(1, found.item<float>() / expected.item<float>(), tolerance: 1e-5);
        var error = (x.grad! - y.grad!).abs().max().item<float>() / y.grad!.abs().max().item<float>();
        Assert.InRange(error, 0, 1e-5f);
    }

    [Fact]
    public void A_tensor_of_zeros_has_a_finite_error()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        using var codes = ones(1, 2, 2, 3).requires_grad_();
        using var error = FeatureErrorFunction.apply(codes, zeros(1, 3, 2, 2), Scale);
        Assert.True(float.IsFinite(error.item<float>()));
    }
}
