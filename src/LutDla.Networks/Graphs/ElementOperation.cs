using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LutDla.Networks.Graphs;

/// <summary>A function of one number.</summary>
public abstract record ElementFunction
{
    /// <summary>What it takes to compute it: operations, constants and uses of the number.</summary>
    internal abstract int Length { get; }

    /// <summary>Of each element, in the precision of <paramref name="x"/>.</summary>
    internal abstract Tensor Of(Tensor x);
}

/// <summary>A function of each value. The integer network has it as a table, whatever it is.</summary>
public sealed record ElementOperation(string Name, ImmutableArray<string> Inputs, ElementFunction Function)
    : FloatOperation(Name, Inputs)
{
    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
