using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>
/// g / (1 + 2^-t) · u with t = g · GateMultiplier / 2^GateShift, rescaled: SiLU of the first input times the second. Two inputs of one
/// shape.
/// </summary>
public sealed record GatedProductNode(string Name, ImmutableArray<string> Inputs, int GateMultiplier, int GateShift, TensorRescale Rescale)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 2;

    internal override NodeScope Scope => NodeScope.Tokens;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
