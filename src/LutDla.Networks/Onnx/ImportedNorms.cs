namespace LutDla.Networks.Onnx;

/// <summary>(x - mean) / sqrt(variance + epsilon) · scale + bias for each channel. Inputs: data, scale, bias, mean, variance.</summary>
public sealed record BatchNormOperation(OperationHead Head, float Epsilon) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Normalises over the dimensions from <paramref name="Axis"/> on. Inputs: data, and perhaps scale and bias.</summary>
public sealed record LayerNormOperation(OperationHead Head, int Axis, float Epsilon) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <param name="Axis">Over which the results sum to 1.</param>
/// <param name="IsFlattened">Over all dimensions from the axis on, as before operator set 13.</param>
public sealed record SoftmaxOperation(OperationHead Head, int Axis, bool IsFlattened) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}
