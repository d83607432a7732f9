using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>A function of each value, as a table: y = Codes[x - First]. One input, none of whose values lies outside.</summary>
/// <param name="First">The value that the first code stands for.</param>
public sealed record ElementNode(string Name, ImmutableArray<string> Inputs, int First, ImmutableArray<short> Codes)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Any;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
