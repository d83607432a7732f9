using System.Collections.Immutable;
using LutDla.Networks.Execution;

namespace LutDla.Networks.Graphs;

/// <summary>Attention of queries, keys and values with rotary positions; scores are divided by the root of a head's channels.</summary>
/// <param name="KeyHeads">Heads of keys and values, of which neighbouring query heads share one.</param>
/// <param name="HeadChannels">Even.</param>
/// <param name="IsCausal">Whether a token sees only itself and those before it.</param>
/// <param name="RotaryBase">See <see cref="RotaryPositions"/>.</param>
public sealed record AttentionOperation(
    string Name, ImmutableArray<string> Inputs, int Heads, int KeyHeads, int HeadChannels, bool IsCausal, double RotaryBase)
    : FloatOperation(Name, Inputs)
{
    internal AttentionShape Shape => new(Heads, KeyHeads, HeadChannels, IsCausal);

    /// <summary>What a weight's binary exponent changes by for each unit of queries · keys.</summary>
    internal double Factor => 1 / Math.Sqrt(HeadChannels) / Math.Log(2);

    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
