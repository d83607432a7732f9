using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>The list that a backward pass returns: one entry an argument of the forward pass.</summary>
internal static class Gradients
{
    // TorchSharp wants null for arguments without a gradient; its annotations do not say so.
    public static List<Tensor> Of(params IEnumerable<Tensor?> gradients) => [.. gradients.Select(gradient => gradient!)];
}
