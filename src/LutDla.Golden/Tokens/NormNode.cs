using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>
/// Normalisation of each pixel over its channels (docs/arithmetic.md, section 7): by the root mean square, or, centred, by mean and
/// variance. One input.
/// </summary>
/// <param name="IsCentred">Whether the mean is taken away first (LayerNorm; else RMSNorm).</param>
/// <param name="Epsilon">Added to channels² · variance, at least 1.</param>
/// <param name="Gain">[channels], over 2^Shift.</param>
/// <param name="Bias">[channels], over 2^Shift.</param>
/// <param name="Shift">0 to 31.</param>
public sealed record NormNode(
    string Name, ImmutableArray<string> Inputs, bool IsCentred, long Epsilon, ImmutableArray<int> Gain, ImmutableArray<int> Bias, int Shift,
    int OutputMinimum, int OutputMaximum)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Tokens;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
