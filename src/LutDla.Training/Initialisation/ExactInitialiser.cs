using LutDla.Networks.Execution;
using LutDla.Training.IntegerNetwork;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// An exact layer without gradients: steps in which the weights just fit, and a bias that makes up for the mean error of the layers before.
/// </summary>
internal static class ExactInitialiser
{
    private const int BatchImages = 100;

    /// <summary>Room that weights have to grow in training, as a share of the largest one.</summary>
    private const double WeightHeadroom = 1.05;

    /// <summary>A bias may be this many steps, and sums 64 times as many; a channel whose sums are larger gets coarser steps.</summary>
    private const double MaximumBias = 1 << 22;

    /// <summary>A finer step than this share of a result's would be lost in rounding.</summary>
    private const double FinestStep = 1.0 / (1 << 20);

    /// <summary>Sets all tensors of <paramref name="matrix"/>.</summary>
    /// <param name="images">Codes [count, height, width, in] that have passed through the layers before, already converted.</param>
    /// <param name="target">[count · rows an image, out]: what the layer should give, in real units, bias included.</param>
    public static void Run(ExactMatrix matrix, FloatNetwork source, Tensor images, Tensor target)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using Scalar input = matrix.Input.Scale;
        var weight = source.Tensors[matrix.Operation.Weight] * input;
        var bias = source.Tensors[matrix.Operation.Bias];
        var step = matrix.SetSteps(weight, bias, Steps(matrix, weight, bias));
        var missing = target - Sums(matrix, images) * step;
        matrix.Bias.copy_(missing.mean([0]) / step);
        matrix.Sizes.copy_(stack([WeightSize(matrix), ConvertedMatrix.Size(target / step)]));
    }

    // Of the weights that there are: zeros between them tell nothing about how far they may move.
    private static Tensor WeightSize(ExactMatrix matrix)
    {
        using Scalar count = Math.Max(1, matrix.WeightCount);
        return (matrix.Weight.square().sum() / count).sqrt() + 1e-6;
    }

    private static double[] Steps(ExactMatrix matrix, Tensor weight, Tensor bias)
    {
        var largest = weight.abs().amax([1, 2, 3]).data<float>().ToArray();
        var sums = weight.abs().sum([1, 2, 3]).data<float>().ToArray();
        var biases = bias.data<float>().ToArray();
        return
        [
            .. largest.Select((value, n) => new[]
            {
                value * WeightHeadroom / matrix.WeightMaximum, sums[n] * matrix.InputMagnitude / (64 * MaximumBias),
                Math.Abs(biases[n]) / MaximumBias, matrix.Output.Scale * FinestStep,
            }.Max()),
        ];
    }

    // [rows, out], of which there may be too many for one go.
    private static Tensor Sums(ExactMatrix matrix, Tensor images)
    {
        var weight = matrix.IntegerWeight().to_type(ScalarType.Float64);
        var parts = new List<Tensor>();
        for (var start = 0L; start < images.shape[0]; start += BatchImages)
        {
            var part = images.narrow(0, start, Math.Min(BatchImages, images.shape[0] - start)).to_type(ScalarType.Float64);
            parts.Add(matrix.Sums(part, weight).to_type(ScalarType.Float32).reshape(-1, matrix.Operation.OutputChannels));
        }

        return cat(parts, 0);
    }
}
