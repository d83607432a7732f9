using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>
/// GELU in its form with tanh: x / (1 + 2^-t), rescaled, t a polynomial of r = x · Multiplier / 2^Shift (docs/arithmetic.md, section 7).
/// One input.
/// </summary>
public sealed record GeluNode(string Name, ImmutableArray<string> Inputs, int Multiplier, int Shift, TensorRescale Rescale)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Tokens;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
