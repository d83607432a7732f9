using LutDla.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>How far the results of a network's additions, its features, are from those of the float network.</summary>
internal static class FeatureLoss
{
    /// <summary>Mean over the additions of the mean square error over the mean square; 0 where there is none.</summary>
    /// <param name="found">Codes [count, height, width, channels], by operation.</param>
    /// <param name="wanted">[count, channels, height, width], by operation.</param>
    public static Tensor Of(LutNetwork network, IReadOnlyDictionary<string, Tensor> found, IReadOnlyDictionary<string, Tensor> wanted)
    {
        var losses = network.Graph.Operations.OfType<AddOperation>().Select(op => Of(found[op.Name], network.Scales[op.Name], wanted[op.Name])).ToArray();
        return losses.Length == 0 ? zeros(1).mean() : stack(losses).mean();
    }

    private static Tensor Of(Tensor found, TensorScale scale, Tensor wanted)
    {
        using Scalar step = scale.Scale;
        var target = wanted.permute(0, 2, 3, 1);
        return (found * step).sub(target).square().mean() / target.square().mean();
    }
}
