using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>Addition of two tensors of one shape, then rectification if <paramref name="Relu"/>.</summary>
public sealed record AddOperation(string Name, ImmutableArray<string> Inputs, bool Relu) : RectifiedOperation(Name, Inputs, Relu)
{
    /// <summary>Whether it adds parts of one layer (<see cref="LayerPart"/>) rather than a block's result to a shortcut.</summary>
    internal bool AddsParts { get; init; }

    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
