using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>What all operations have.</summary>
/// <param name="Name">Of the node, or of its output where the node has none.</param>
/// <param name="Operator">As ONNX calls it, such as Conv.</param>
/// <param name="Inputs">Values that flow in: inputs of the graph, outputs of earlier operations or constants.</param>
public sealed record OperationHead(string Name, string Operator, ImmutableArray<ImportedValue> Inputs, ImportedValue Output);

/// <summary>One operation of an imported network.</summary>
public abstract record ImportedOperation(OperationHead Head)
{
    public string Name => Head.Name;

    public ImmutableArray<ImportedValue> Inputs => Head.Inputs;

    public ImportedValue Output => Head.Output;

    /// <summary>Multiply-accumulate operations of a run; 0 for what is no matrix product.</summary>
    public virtual long MultiplyAccumulates => 0;
}

/// <summary>
/// A convolution. Inputs: data [N, C, spatial...], weights [out, C / groups, spatial...], and perhaps a bias [out]. One to three spatial dimensions.
/// </summary>
public sealed record ConvolutionOperation(OperationHead Head, SlidingWindow Window, long Groups) : ImportedOperation(Head)
{
    public override long MultiplyAccumulates => Shapes.ElementCount(Output.Shape) * Inputs[1].Shape.Skip(1).Aggregate(1L, (a, b) => a * b);
}

/// <summary>alpha A B + beta C, A and B perhaps transposed. Inputs: A, B, and perhaps C, which stretches to the result.</summary>
public sealed record GemmOperation(OperationHead Head, float Alpha, float Beta, bool TransposesA, bool TransposesB) : ImportedOperation(Head)
{
    public override long MultiplyAccumulates => Shapes.ElementCount(Output.Shape) * Inputs[0].Shape[TransposesA ? 0 : 1];
}

/// <summary>A product of matrices, or of stacks of them.</summary>
public sealed record MatMulOperation(OperationHead Head) : ImportedOperation(Head)
{
    public override long MultiplyAccumulates => Shapes.ElementCount(Output.Shape) * Inputs[0].Shape[^1];
}

/// <summary>(x - mean) / sqrt(variance + epsilon) · scale + bias for each channel. Inputs: data, scale, bias, mean, variance.</summary>
public sealed record BatchNormOperation(OperationHead Head, float Epsilon) : ImportedOperation(Head);

/// <summary>Normalises over the dimensions from <paramref name="Axis"/> on. Inputs: data, and perhaps scale and bias.</summary>
public sealed record LayerNormOperation(OperationHead Head, int Axis, float Epsilon) : ImportedOperation(Head);

public enum UnaryKind
{
    Identity, Relu, Gelu, GeluTanh, Erf, Sigmoid, Tanh, Sqrt, Exp, Negate, Reciprocal, ToSingle, ToInteger,
}

/// <summary>A function of each element.</summary>
public sealed record UnaryOperation(OperationHead Head, UnaryKind Kind) : ImportedOperation(Head);

/// <summary>Each element held within bounds, which may be infinite.</summary>
public sealed record ClipOperation(OperationHead Head, float Minimum, float Maximum) : ImportedOperation(Head);

public sealed record LeakyReluOperation(OperationHead Head, float Slope) : ImportedOperation(Head);

public enum BinaryKind
{
    Add, Subtract, Multiply, Divide, Power,
}

/// <summary>A function of two elements; shapes stretch to each other. Integers are divided towards zero.</summary>
public sealed record BinaryOperation(OperationHead Head, BinaryKind Kind) : ImportedOperation(Head);

/// <summary>The largest of each window; what is beyond the border never wins.</summary>
public sealed record MaxPoolOperation(OperationHead Head, SlidingWindow Window) : ImportedOperation(Head);

/// <param name="CountsPadding">Whether padding counts as zeros, or not at all.</param>
public sealed record AveragePoolOperation(OperationHead Head, SlidingWindow Window, bool CountsPadding) : ImportedOperation(Head);

/// <param name="Axes">Ascending. Whether they stay as sides of 1 is seen from the shape of the output.</param>
public sealed record ReduceMeanOperation(OperationHead Head, ImmutableArray<int> Axes) : ImportedOperation(Head);

/// <summary>The same elements in another shape: Reshape, Flatten, Squeeze and Unsqueeze.</summary>
public sealed record ReshapeOperation(OperationHead Head) : ImportedOperation(Head);

/// <param name="Permutation">For each dimension of the output, which of the input it is.</param>
public sealed record TransposeOperation(OperationHead Head, ImmutableArray<int> Permutation) : ImportedOperation(Head);

public sealed record ConcatOperation(OperationHead Head, int Axis) : ImportedOperation(Head);

/// <param name="Cuts">At most one of each axis.</param>
public sealed record SliceOperation(OperationHead Head, ImmutableArray<AxisCut> Cuts) : ImportedOperation(Head);

/// <summary>The elements first, first + step, ... of an axis.</summary>
/// <param name="Step">Not 0; negative ones go backwards.</param>
public sealed record AxisCut(int Axis, long First, long Step, long Count);

/// <summary>Slices of the first input along an axis, which the second input, integers, numbers.</summary>
public sealed record GatherOperation(OperationHead Head, int Axis) : ImportedOperation(Head);

/// <param name="Axis">Over which the results sum to 1.</param>
/// <param name="IsFlattened">Over all dimensions from the axis on, as before operator set 13.</param>
public sealed record SoftmaxOperation(OperationHead Head, int Axis, bool IsFlattened) : ImportedOperation(Head);

/// <summary>A value known at import. Only on the way: none is left in an <see cref="ImportedGraph"/>.</summary>
internal sealed record ConstantOperation(OperationHead Head, ImportedConstant Value) : ImportedOperation(Head);
