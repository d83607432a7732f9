using System.Collections.Immutable;
using LutDla.Networks.Execution;

namespace LutDla.Networks.Graphs;

/// <summary>
/// Normalisation of each token over its channels: by the root mean square (RMSNorm), or, centred, by mean and variance (LayerNorm).
/// Tensors: <c>name.weight</c> [channels]; if <paramref name="IsCentred"/> also <c>name.bias</c> [channels].
/// </summary>
/// <param name="Epsilon">Added to the mean square, or to the variance.</param>
public sealed record NormOperation(string Name, ImmutableArray<string> Inputs, int Channels, bool IsCentred, double Epsilon) : FloatOperation(Name, Inputs)
{
    public string Weight => $"{Name}.weight";

    public string Bias => $"{Name}.bias";
}

/// <summary>Attention of queries, keys and values with rotary positions; scores are divided by the root of a head's channels.</summary>
/// <param name="KeyHeads">Heads of keys and values, of which neighbouring query heads share one.</param>
/// <param name="HeadChannels">Even.</param>
/// <param name="IsCausal">Whether a token sees only itself and those before it.</param>
/// <param name="RotaryBase">See <see cref="RotaryPositions"/>.</param>
public sealed record AttentionOperation(
    string Name, ImmutableArray<string> Inputs, int Heads, int KeyHeads, int HeadChannels, bool IsCausal, double RotaryBase) : FloatOperation(Name, Inputs)
{
    internal AttentionShape Shape => new(Heads, KeyHeads, HeadChannels, IsCausal);

    /// <summary>What a weight's binary exponent changes by for each unit of queries · keys.</summary>
    internal double Factor => 1 / Math.Sqrt(HeadChannels) / Math.Log(2);
}

/// <summary>SiLU of the first input times the second.</summary>
public sealed record GatedProductOperation(string Name, ImmutableArray<string> Inputs) : FloatOperation(Name, Inputs);

/// <summary>GELU, in its form with tanh.</summary>
public sealed record GeluOperation(string Name, ImmutableArray<string> Inputs) : FloatOperation(Name, Inputs);

/// <summary>The mean over the tokens of each sequence.</summary>
public sealed record TokenMeanOperation(string Name, ImmutableArray<string> Inputs) : FloatOperation(Name, Inputs);
