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
public sealed record ElementOperation(string Name, ImmutableArray<string> Inputs, ElementFunction Function) : FloatOperation(Name, Inputs);

/// <summary>Products of values of two tensors of one shape; or the second has one pixel, which meets every pixel of the first.</summary>
public sealed record ProductOperation(string Name, ImmutableArray<string> Inputs) : FloatOperation(Name, Inputs);

/// <summary>The channels of all inputs, in order.</summary>
public sealed record ConcatenationOperation(string Name, ImmutableArray<string> Inputs) : FloatOperation(Name, Inputs);
