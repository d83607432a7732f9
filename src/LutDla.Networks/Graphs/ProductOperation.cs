using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>Products of values of two tensors of one shape; or the second has one pixel, which meets every pixel of the first.</summary>
public sealed record ProductOperation(string Name, ImmutableArray<string> Inputs)
    : FloatOperation(Name, Inputs)
{
    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
