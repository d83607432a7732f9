using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>The mean over all tokens of a sequence, rescaled. One input.</summary>
public sealed record TokenMeanNode(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Tokens;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
