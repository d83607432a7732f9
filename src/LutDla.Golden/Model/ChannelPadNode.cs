using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>Channels of zeros before and after those of the input, such as in a shortcut without weights. One input.</summary>
public sealed record ChannelPadNode(string Name, ImmutableArray<string> Inputs, int Before, int After)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Any;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
