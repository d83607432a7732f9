using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>A convolution or linear layer as centroid search and table lookup. One input.</summary>
public sealed record LutNode(string Name, ImmutableArray<string> Inputs, LutLayer Layer)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => Layer.Window.IsOnePixel ? NodeScope.Any : NodeScope.Images;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
