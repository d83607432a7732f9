using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>
/// One operation. What works on operations is an <see cref="IOperationVisitor{T}"/>, so that a new kind does not compile before each says
/// what it does with it.
/// </summary>
/// <param name="Name">Unique within the graph.</param>
/// <param name="Inputs">Names of earlier operations or <see cref="FloatGraph.InputName"/>.</param>
public abstract record FloatOperation(string Name, ImmutableArray<string> Inputs)
{
    /// <summary>Rows and columns of the result.</summary>
    /// <param name="input">Those of the first input.</param>
    internal abstract (int Height, int Width) Sides((int Height, int Width) input);

    /// <summary>The tensors that it has, but for those of its inputs.</summary>
    internal abstract IEnumerable<FloatParameter> Parameters { get; }

    internal abstract T Accept<T>(IOperationVisitor<T> visitor);
}
