using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Networks.Graphs;

/// <summary>Pooling over each channel.</summary>
public sealed record PoolOperation(string Name, ImmutableArray<string> Inputs, PoolKind Kind, Window Window)
    : FloatOperation(Name, Inputs)
{
    internal override (int Height, int Width) Sides((int Height, int Width) input) =>
        (Window.OutputHeight(input.Height), Window.OutputWidth(input.Width));

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
