using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>
/// Product of values: y = clamp(round(a · b · multiplier / 2^shift)). Two inputs of one shape, or the second has one pixel, which meets
/// every pixel of the first.
/// </summary>
public sealed record ProductNode(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 2;

    internal override NodeScope Scope => NodeScope.Any;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
