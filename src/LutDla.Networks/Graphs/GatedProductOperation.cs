using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>SiLU of the first input times the second.</summary>
public sealed record GatedProductOperation(string Name, ImmutableArray<string> Inputs)
    : FloatOperation(Name, Inputs)
{
    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
