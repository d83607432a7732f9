using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>A convolution or linear layer that keeps its products. One input.</summary>
public sealed record ExactNode(string Name, ImmutableArray<string> Inputs, ExactLayer Layer)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => Layer.Window.IsOnePixel ? NodeScope.Any : NodeScope.Images;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
