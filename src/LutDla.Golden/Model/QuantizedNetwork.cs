using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>
/// A converted network as integers only: what LUTBoost exports, what the golden model computes and what the RTL must equal.
/// Tensors are NHWC; a feature vector is a 1 x 1 x C image.
/// </summary>
public sealed record QuantizedNetwork
{
    public required string Name { get; init; }

    public required InputQuantizer Input { get; init; }

    /// <summary>The graph in topological order. Every input names an earlier node or <see cref="InputQuantizer.NodeName"/>; the last node is the output.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>What one code of the last node means, where likelihoods are asked for; no arithmetic of the network reads it.</summary>
    public double? ResultScale { get; init; }

    /// <summary>Free text about the origin (command, seed, accuracies, scales), for people; no arithmetic reads it.</summary>
    public ImmutableSortedDictionary<string, string> Provenance { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>
/// Turns image bytes, or tokens, into signed activations by table: exact, whatever normalisation or embedding was. A sequence of tokens becomes an image
/// of one row, a pixel each; it may be shorter than <see cref="Width"/>.
/// </summary>
public sealed record InputQuantizer
{
    /// <summary>The name by which nodes refer to the quantised image.</summary>
    public const string NodeName = "input";

    public required int Height { get; init; }

    public required int Width { get; init; }

    public required int Channels { get; init; }

    /// <summary>Bits of the signed activations, 4 to 16.</summary>
    public required int ActivationBits { get; init; }

    /// <summary>How many different tokens there are, 2 to 65536; null where the network takes images.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>What bytes stand for, for hosts that have numbers; null where that is not known. No arithmetic of the network reads it.</summary>
    public ByteMeaning? Bytes { get; init; }

    /// <summary>[Channels, 256]: the activation of each byte value, channel by channel; of tokens [Vocabulary, Channels].</summary>
    public required ImmutableArray<short> Codes { get; init; }
}

/// <summary>A byte b of channel k stands for the number Offset[k] + b · Step[k].</summary>
/// <param name="Offset">[channels].</param>
/// <param name="Step">[channels], more than 0.</param>
public sealed record ByteMeaning(ImmutableArray<double> Offset, ImmutableArray<double> Step);

/// <summary>One operation of the graph.</summary>
/// <param name="Name">Unique within the network; [A-Za-z0-9_][A-Za-z0-9_.-]*, so that it can be a file name.</param>
/// <param name="Inputs">Names of earlier nodes or of the input.</param>
public abstract record Node(string Name, ImmutableArray<string> Inputs);

/// <summary>A convolution or linear layer as centroid search and table lookup. One input.</summary>
public sealed record LutNode(string Name, ImmutableArray<string> Inputs, LutLayer Layer) : Node(Name, Inputs);

/// <summary>A convolution or linear layer that keeps its products. One input.</summary>
public sealed record ExactNode(string Name, ImmutableArray<string> Inputs, ExactLayer Layer) : Node(Name, Inputs);

/// <summary>How a pooling window is reduced.</summary>
public enum PoolKind
{
    /// <summary>The largest value; padding never wins.</summary>
    Max,

    /// <summary>clamp(round(sum · Multiplier / 2^Shift)); padding counts as 0.</summary>
    Average,
}

/// <summary>Pooling over each channel. One input.</summary>
/// <param name="Window">Height, width, stride and zero padding of the window.</param>
/// <param name="Rescale">Used by <see cref="PoolKind.Average"/> only; null for <see cref="PoolKind.Max"/>.</param>
public sealed record PoolNode(string Name, ImmutableArray<string> Inputs, PoolKind Kind, Window Window, TensorRescale? Rescale) : Node(Name, Inputs);

/// <summary>Residual addition: y = clamp(round((a · MultiplierA + b · MultiplierB) / 2^Shift)). Two inputs of one shape.</summary>
public sealed record AddNode(
    string Name, ImmutableArray<string> Inputs, int MultiplierA, int MultiplierB, int Shift, int OutputMinimum, int OutputMaximum)
    : Node(Name, Inputs);

/// <summary>Rectification: y = max(x, 0). One input. Usually folded into the clamp of the node before instead.</summary>
public sealed record ReluNode(string Name, ImmutableArray<string> Inputs) : Node(Name, Inputs);

/// <summary>[H, W, C] to [1, 1, H·W·C], in NHWC order. One input.</summary>
public sealed record FlattenNode(string Name, ImmutableArray<string> Inputs) : Node(Name, Inputs);

/// <summary>Channels of zeros before and after those of the input, such as in a shortcut without weights. One input.</summary>
public sealed record ChannelPadNode(string Name, ImmutableArray<string> Inputs, int Before, int After) : Node(Name, Inputs);

/// <summary>A sliding window: <see cref="Height"/> x <see cref="Width"/> pixels, moved by the strides, with zero padding on all four sides.</summary>
public sealed record Window
{
    public required int Height { get; init; }

    public required int Width { get; init; }

    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    public int PaddingHeight { get; init; }

    public int PaddingWidth { get; init; }

    /// <summary>Pixels of the window.</summary>
    public int Area => Height * Width;

    /// <summary>Output rows for an image of <paramref name="inputHeight"/> rows.</summary>
    public int OutputHeight(int inputHeight) => (inputHeight + 2 * PaddingHeight - Height) / StrideHeight + 1;

    /// <summary>Output columns for an image of <paramref name="inputWidth"/> columns.</summary>
    public int OutputWidth(int inputWidth) => (inputWidth + 2 * PaddingWidth - Width) / StrideWidth + 1;
}

/// <summary>One multiplier and shift for a whole tensor: y = clamp(round(x · Multiplier / 2^Shift)).</summary>
public sealed record TensorRescale(int Multiplier, int Shift, int OutputMinimum, int OutputMaximum);
