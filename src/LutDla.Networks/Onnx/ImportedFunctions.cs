namespace LutDla.Networks.Onnx;

public enum UnaryKind
{
    Identity, Relu, Gelu, GeluTanh, Erf, Sigmoid, Tanh, Sqrt, Exp, Negate, Reciprocal, ToSingle, ToInteger,
}

/// <summary>A function of each element.</summary>
public sealed record UnaryOperation(OperationHead Head, UnaryKind Kind) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Each element held within bounds, which may be infinite.</summary>
public sealed record ClipOperation(OperationHead Head, float Minimum, float Maximum) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

public sealed record LeakyReluOperation(OperationHead Head, float Slope) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}

public enum BinaryKind
{
    Add, Subtract, Multiply, Divide, Power,
}

/// <summary>A function of two elements; shapes stretch to each other. Integers are divided towards zero.</summary>
public sealed record BinaryOperation(OperationHead Head, BinaryKind Kind) : ImportedOperation(Head)
{
    internal override T Accept<T>(IImportedVisitor<T> visitor) => visitor.Visit(this);
}
