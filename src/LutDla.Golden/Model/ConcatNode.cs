using System.Collections.Immutable;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Model;

/// <summary>
/// The channels of all inputs, in order, each brought to the scale of the result. At least two inputs of as many rows and columns.
/// </summary>
/// <param name="Rescales">One an input.</param>
public sealed record ConcatNode(string Name, ImmutableArray<string> Inputs, ImmutableArray<TensorRescale> Rescales)
    : Node(Name, Inputs)
{
    internal override Arity Arity => new(2, NetworkLimits.ConcatInputs);

    internal override NodeScope Scope => NodeScope.Any;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
