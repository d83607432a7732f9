using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>[H, W, C] to [1, 1, H·W·C], in NHWC order. One input.</summary>
public sealed record FlattenNode(string Name, ImmutableArray<string> Inputs)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Images;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
