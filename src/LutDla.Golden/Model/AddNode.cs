using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>Residual addition: y = clamp(round((a · MultiplierA + b · MultiplierB) / 2^Shift)). Two inputs of one shape.</summary>
public sealed record AddNode(
    string Name, ImmutableArray<string> Inputs, int MultiplierA, int MultiplierB, int Shift, int OutputMinimum, int OutputMaximum)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 2;

    internal override NodeScope Scope => NodeScope.Any;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
