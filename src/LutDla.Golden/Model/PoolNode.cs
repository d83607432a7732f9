using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>How a pooling window is reduced.</summary>
public enum PoolKind
{
    /// <summary>The largest value; padding never wins.</summary>
    Max,

    /// <summary>clamp(round(sum · Multiplier / 2^Shift)); padding counts as 0.</summary>
    Average,
}

/// <summary>Pooling over each channel. One input.</summary>
/// <param name="Window">Height, width, stride and zero padding of the window.</param>
/// <param name="Rescale">Used by <see cref="PoolKind.Average"/> only; null for <see cref="PoolKind.Max"/>.</param>
public sealed record PoolNode(string Name, ImmutableArray<string> Inputs, PoolKind Kind, Window Window, TensorRescale? Rescale)
    : Node(Name, Inputs)
{
    internal override Arity Arity => 1;

    internal override NodeScope Scope => NodeScope.Images;

    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}
