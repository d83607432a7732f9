namespace LutDla.Networks.Onnx;

/// <summary>
/// A convolution. Inputs: data [N, C, spatial...], weights [out, C / groups, spatial...], and perhaps a bias [out]. One to three spatial
/// dimensions.
/// </summary>
public sealed record ConvolutionOperation(OperationHead Head, SlidingWindow Window, long Groups) : ImportedOperation(Head)
{
    public override long MultiplyAccumulates => Shapes.ElementCount(Output.Shape) * Inputs[1].Shape.Skip(1).Aggregate(1L, (a, b) => a * b);

    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>alpha A B + beta C, A and B perhaps transposed. Inputs: A, B, and perhaps C, which stretches to the result.</summary>
public sealed record GemmOperation(
    OperationHead Head, float Alpha, float Beta, bool TransposesA, bool TransposesB) : ImportedOperation(Head)
{
    public override long MultiplyAccumulates => Shapes.ElementCount(Output.Shape) * Inputs[0].Shape[TransposesA ? 0 : 1];

    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>A product of matrices, or of stacks of them.</summary>
public sealed record MatMulOperation(OperationHead Head) : ImportedOperation(Head)
{
    public override long MultiplyAccumulates => Shapes.ElementCount(Output.Shape) * Inputs[0].Shape[^1];

    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}
