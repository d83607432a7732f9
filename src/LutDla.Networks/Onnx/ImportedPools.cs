using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>The largest of each window; what is beyond the border never wins.</summary>
public sealed record MaxPoolOperation(OperationHead Head, SlidingWindow Window) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <param name="CountsPadding">Whether padding counts as zeros, or not at all.</param>
public sealed record AveragePoolOperation(OperationHead Head, SlidingWindow Window, bool CountsPadding) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <param name="Axes">Ascending. Whether they stay as sides of 1 is seen from the shape of the output.</param>
public sealed record ReduceMeanOperation(OperationHead Head, ImmutableArray<int> Axes) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}
