using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>Rectification: y = max(x, 0). One input. Usually folded into the clamp of the node before instead.</summary>
public sealed record ReluNode(string Name, ImmutableArray<string> Inputs)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Any;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
