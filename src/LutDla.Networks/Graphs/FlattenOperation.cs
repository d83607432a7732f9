using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>[H, W, C] to [1, 1, H·W·C], in that order.</summary>
public sealed record FlattenOperation(string Name, ImmutableArray<string> Inputs)
    : FloatOperation(Name, Inputs)
{
    internal override (int Height, int Width) Sides((int Height, int Width) input) => (1, 1);

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
