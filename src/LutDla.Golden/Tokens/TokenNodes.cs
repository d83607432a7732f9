using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>
/// Normalisation of each pixel over its channels (docs/arithmetic.md, section 7): by the root mean square, or, centred, by mean and variance. One input.
/// </summary>
/// <param name="IsCentred">Whether the mean is taken away first (LayerNorm; else RMSNorm).</param>
/// <param name="Epsilon">Added to channels² · variance, at least 1.</param>
/// <param name="Gain">[channels], over 2^Shift.</param>
/// <param name="Bias">[channels], over 2^Shift.</param>
/// <param name="Shift">0 to 31.</param>
public sealed record NormNode(
    string Name, ImmutableArray<string> Inputs, bool IsCentred, long Epsilon, ImmutableArray<int> Gain, ImmutableArray<int> Bias, int Shift,
    int OutputMinimum, int OutputMaximum)
    : Node(Name, Inputs);

/// <summary>Attention of all heads with rotary positions (docs/arithmetic.md, section 7). Three inputs: queries, keys, values.</summary>
public sealed record AttentionNode(string Name, ImmutableArray<string> Inputs, AttentionLayer Layer) : Node(Name, Inputs);

/// <summary>What an attention computes. Channels of queries are [Heads, HeadChannels], of keys and values [KeyHeads, HeadChannels].</summary>
public sealed record AttentionLayer
{
    /// <summary>Scores have twice the places of activations, and are divided by more than rescales divide.</summary>
    public const int MaximumScoreShift = 62;

    /// <summary>Of queries and results.</summary>
    public required int Heads { get; init; }

    /// <summary>Of keys and values; neighbouring query heads share one. Divides <see cref="Heads"/>.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>Channels of a head, even: positions turn them in pairs of neighbours.</summary>
    public required int HeadChannels { get; init; }

    /// <summary>Whether a token sees itself and those before it only, instead of all.</summary>
    public required bool IsCausal { get; init; }

    /// <summary>
    /// [positions, HeadChannels / 2, 2]: cosine and sine by which a position turns each pair, over 2^<see cref="GoldenAttention.RotationBits"/>.
    /// </summary>
    public required ImmutableArray<short> Rotation { get; init; }

    /// <summary>A score of scores · ScoreMultiplier / 2^ScoreShift below the largest one halves a weight once for each whole.</summary>
    public required int ScoreMultiplier { get; init; }

    /// <summary>0 to <see cref="MaximumScoreShift"/>.</summary>
    public required int ScoreShift { get; init; }

    /// <summary>From codes of the values to those of the result.</summary>
    public required TensorRescale Rescale { get; init; }

    /// <summary>The longest sequence.</summary>
    public int Positions => Rotation.Length / HeadChannels;
}

/// <summary>
/// g / (1 + 2^-t) · u with t = g · GateMultiplier / 2^GateShift, rescaled: SiLU of the first input times the second. Two inputs of one shape.
/// </summary>
public sealed record GatedProductNode(string Name, ImmutableArray<string> Inputs, int GateMultiplier, int GateShift, TensorRescale Rescale)
    : Node(Name, Inputs);

/// <summary>
/// GELU in its form with tanh: x / (1 + 2^-t), rescaled, t a polynomial of r = x · Multiplier / 2^Shift (docs/arithmetic.md, section 7). One input.
/// </summary>
public sealed record GeluNode(string Name, ImmutableArray<string> Inputs, int Multiplier, int Shift, TensorRescale Rescale) : Node(Name, Inputs);

/// <summary>The mean over all tokens of a sequence, rescaled. One input.</summary>
public sealed record TokenMeanNode(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale) : Node(Name, Inputs);
