using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>
/// Turns image bytes, or tokens, into signed activations by table: exact, whatever normalisation or embedding was. A sequence of tokens
/// becomes an image of one row, a pixel each; it may be shorter than <see cref="Width"/>.
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

    /// <summary>
    /// What bytes stand for, for hosts that have numbers; null where that is not known. No arithmetic of the network reads it.
    /// </summary>
    public ByteMeaning? Bytes { get; init; }

    /// <summary>[Channels, 256]: the activation of each byte value, channel by channel; of tokens [Vocabulary, Channels].</summary>
    public required ImmutableArray<short> Codes { get; init; }
}

/// <summary>A byte b of channel k stands for the number Offset[k] + b · Step[k].</summary>
/// <param name="Offset">[channels].</param>
/// <param name="Step">[channels], more than 0.</param>
public sealed record ByteMeaning(ImmutableArray<double> Offset, ImmutableArray<double> Step);
