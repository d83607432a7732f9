using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>The same elements in another shape: Reshape, Flatten, Squeeze and Unsqueeze.</summary>
public sealed record ReshapeOperation(OperationHead Head) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <param name="Permutation">For each dimension of the output, which of the input it is.</param>
public sealed record TransposeOperation(OperationHead Head, ImmutableArray<int> Permutation) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

public sealed record ConcatOperation(OperationHead Head, int Axis) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <param name="Cuts">At most one of each axis.</param>
public sealed record SliceOperation(OperationHead Head, ImmutableArray<AxisCut> Cuts) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>The elements first, first + step, ... of an axis.</summary>
/// <param name="Step">Not 0; negative ones go backwards.</param>
public sealed record AxisCut(int Axis, long First, long Step, long Count);

/// <summary>Slices of the first input along an axis, which the second input, integers, numbers.</summary>
public sealed record GatherOperation(OperationHead Head, int Axis) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>A value known at import. Only on the way: none is left in an <see cref="ImportedGraph"/>.</summary>
internal sealed record ConstantOperation(OperationHead Head, ImportedConstant Value) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}
