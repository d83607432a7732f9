using System.Collections.Frozen;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>The operators that are imported, each by one function.</summary>
internal static class OperatorTable
{
    private static readonly FrozenDictionary<string, Func<NodeContext, ImportedOperation>> Imports =
        new Dictionary<string, Func<NodeContext, ImportedOperation>>
        {
            ["Add"] = node => ElementwiseImport.Binary(node, BinaryKind.Add),
            ["AveragePool"] = PoolImport.Average,
            ["BatchNormalization"] = NormImport.Batch,
            ["Cast"] = ElementwiseImport.Cast,
            ["Clip"] = ElementwiseImport.Clip,
            ["Concat"] = ArrangementImport.Concat,
            ["Constant"] = ConstantImport.Constant,
            ["ConstantOfShape"] = ConstantImport.OfShape,
            ["Conv"] = ProductImport.Convolution,
            ["Div"] = node => ElementwiseImport.Binary(node, BinaryKind.Divide),
            ["Dropout"] = ElementwiseImport.Dropout,
            ["Erf"] = node => ElementwiseImport.Unary(node, UnaryKind.Erf),
            ["Exp"] = node => ElementwiseImport.Unary(node, UnaryKind.Exp),
            ["Flatten"] = ReshapeImport.Flatten,
            ["Gather"] = ArrangementImport.Gather,
            ["Gelu"] = ElementwiseImport.Gelu,
            ["Gemm"] = ProductImport.Gemm,
            ["GlobalAveragePool"] = PoolImport.GlobalAverage,
            ["Identity"] = node => new UnaryOperation(node.Head(node.Input(0).Shape, 0), UnaryKind.Identity),
            ["LayerNormalization"] = NormImport.Layer,
            ["LeakyRelu"] = node => new LeakyReluOperation(node.Head(node.Data(0).Shape, 0), node.Single("alpha", 0.01f)),
            ["MatMul"] = ProductImport.MatMul,
            ["MaxPool"] = PoolImport.Max,
            ["Mul"] = node => ElementwiseImport.Binary(node, BinaryKind.Multiply),
            ["Neg"] = node => ElementwiseImport.Unary(node, UnaryKind.Negate),
            ["Pow"] = node => ElementwiseImport.Binary(node, BinaryKind.Power),
            ["Reciprocal"] = node => ElementwiseImport.Unary(node, UnaryKind.Reciprocal),
            ["ReduceMean"] = PoolImport.Mean,
            ["Relu"] = node => ElementwiseImport.Unary(node, UnaryKind.Relu),
            ["Reshape"] = ReshapeImport.Reshape,
            ["Shape"] = ConstantImport.Shape,
            ["Sigmoid"] = node => ElementwiseImport.Unary(node, UnaryKind.Sigmoid),
            ["Size"] = ConstantImport.Size,
            ["Slice"] = SliceImport.Slice,
            ["Softmax"] = NormImport.Softmax,
            ["Sqrt"] = node => ElementwiseImport.Unary(node, UnaryKind.Sqrt),
            ["Squeeze"] = ReshapeImport.Squeeze,
            ["Sub"] = node => ElementwiseImport.Binary(node, BinaryKind.Subtract),
            ["Tanh"] = node => ElementwiseImport.Unary(node, UnaryKind.Tanh),
            ["Transpose"] = ArrangementImport.Transpose,
            ["Unsqueeze"] = ReshapeImport.Unsqueeze,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Their names in ONNX, sorted.</summary>
    public static IEnumerable<string> Names => Imports.Keys.Order(StringComparer.Ordinal);

    public static bool Knows(string name) => Imports.ContainsKey(name);

    /// <param name="node">Of an operator that is known.</param>
    /// <exception cref="OperatorException">The node asks for something that is not supported; the message is the reason.</exception>
    public static ImportedOperation Import(NodeContext node)
    {
        var operation = Imports[node.Operator](node);
        if (node.UnreadAttributes.FirstOrDefault() is { } unread)
            throw new OperatorException($"Its attribute {unread} is not supported.");
        if (node.UnreadInputs.Count > 0)
            throw new OperatorException($"In operator set {node.OperatorSet} it has no input {node.UnreadInputs.First()}, which is given.");
        return operation.MultiplyAccumulates <= OnnxLimits.MultiplyAccumulates
            ? operation
            : throw new OperatorException(
                $"It takes {operation.MultiplyAccumulates} multiply-accumulates; at most {OnnxLimits.MultiplyAccumulates} are supported.");
    }
}
