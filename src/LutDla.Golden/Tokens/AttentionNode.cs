using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>Attention of all heads with rotary positions (docs/arithmetic.md, section 7). Three inputs: queries, keys, values.</summary>
public sealed record AttentionNode(string Name, ImmutableArray<string> Inputs, AttentionLayer Layer)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 3;

    internal override NodeScope Scope => NodeScope.Tokens;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>
/// What an attention computes. Channels of queries are [Heads, HeadChannels], of keys and values [KeyHeads, HeadChannels].
/// </summary>
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
    /// [positions, HeadChannels / 2, 2]: cosine and sine by which a position turns each pair, over
    /// 2^<see cref="GoldenAttention.RotationBits"/>.
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
