using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>What backward passes return.</summary>
internal static class Gradients
{
    /// <summary>What was rounded, with the gradient of what was not.</summary>
    // The difference that carries the gradient is 0, exactly.
    public static Tensor Straight(Tensor values, Tensor rounded) =>
        values.add(values.detach(), HeldScalars.MinusOne).add(rounded.detach(), HeldScalars.One);

    /// <summary>The list that a backward pass returns: one entry an argument of the forward pass.</summary>
    // TorchSharp wants null for arguments without a gradient; its annotations do not say so.
    public static List<Tensor> Of(params IEnumerable<Tensor?> gradients) => [.. gradients.Select(gradient => gradient!)];
}
