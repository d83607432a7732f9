using System.Collections.Immutable;
using LutDla.Networks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Evaluation;

/// <summary>Computes single operations in libtorch: single precision and 64-bit integers.</summary>
/// <param name="x">The inputs.</param>
internal sealed class OperationEvaluator(Tensor[] x) : IImportedVisitor<Tensor>
{
    /// <summary>The result on constants.</summary>
    public static ImportedConstant Evaluate(ImportedOperation operation, ImmutableArray<ImportedConstant> inputs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return Apply(operation, [.. inputs.Select(input => input.ToTensor())]).ToConstant();
    }

    /// <summary>The result on tensors, of the shape that the operation says. Temporaries go to the caller's scope.</summary>
    public static Tensor Apply(ImportedOperation operation, Tensor[] inputs) => operation.Accept(new OperationEvaluator(inputs));

    public Tensor Visit(ConvolutionOperation op) => WindowEvaluator.Convolve(op, x[0], x[1], x.ElementAtOrDefault(2));

    public Tensor Visit(GemmOperation op)
    {
        using Scalar alpha = op.Alpha;
        using Scalar beta = op.Beta;
        var product = (op.TransposesA ? x[0].t() : x[0]).matmul(op.TransposesB ? x[1].t() : x[1]).mul(alpha);
        return x.Length > 2 ? product.add(x[2], beta) : product;
    }

    public Tensor Visit(MatMulOperation op) => x[0].matmul(x[1]);

    public Tensor Visit(BatchNormOperation op) =>
        nn.functional.batch_norm(x[0], x[3], x[4], x[1], x[2], training: false, eps: op.Epsilon);

    public Tensor Visit(LayerNormOperation op) => nn.functional.layer_norm(
        x[0], [.. op.Output.Shape[op.Axis..]], x.ElementAtOrDefault(1), x.ElementAtOrDefault(2), op.Epsilon);

    public Tensor Visit(SoftmaxOperation op)
    {
        if (!op.IsFlattened) return x[0].softmax(op.Axis);
        var rows = Shapes.ElementCount(op.Output.Shape[..op.Axis]);
        return x[0].reshape(rows, Shapes.ElementCount(op.Output.Shape[op.Axis..])).softmax(1).reshape([.. op.Output.Shape]);
    }

    public Tensor Visit(UnaryOperation op) => Unary(op.Kind, x[0]);

    public Tensor Visit(ClipOperation op)
    {
        using Scalar minimum = op.Minimum;
        using Scalar maximum = op.Maximum;
        return x[0].clamp(minimum, maximum);
    }

    public Tensor Visit(LeakyReluOperation op) => nn.functional.leaky_relu(x[0], op.Slope);

    public Tensor Visit(BinaryOperation op) => Binary(op.Kind, x[0], x[1]);

    public Tensor Visit(MaxPoolOperation op) => WindowEvaluator.Max(op, x[0]);

    public Tensor Visit(AveragePoolOperation op) => WindowEvaluator.Average(op, x[0]);

    public Tensor Visit(ReduceMeanOperation op) =>
        x[0].mean([.. op.Axes.Select(axis => (long)axis)]).reshape([.. op.Output.Shape]);

    public Tensor Visit(ReshapeOperation op) => x[0].reshape([.. op.Output.Shape]);

    public Tensor Visit(TransposeOperation op) => x[0].permute([.. op.Permutation.Select(axis => (long)axis)]);

    public Tensor Visit(ConcatOperation op) => cat(x, op.Axis);

    public Tensor Visit(SliceOperation op) => op.Cuts.Aggregate(x[0], Cut);

    // Negative indices count from the end.
    public Tensor Visit(GatherOperation op)
    {
        using Scalar side = op.Inputs[0].Shape[op.Axis];
        using Scalar zero = 0L;
        var indices = x[1];
        var places = where(indices.lt(zero), indices.add(side), indices).reshape(-1);
        return x[0].index_select(op.Axis, places).reshape([.. op.Output.Shape]);
    }

    public Tensor Visit(ConstantOperation op) => op.Value.ToTensor();

    private static Tensor Unary(UnaryKind kind, Tensor x) => kind switch
    {
        UnaryKind.Identity => x.alias(),
        UnaryKind.Relu => x.relu(),
        UnaryKind.Gelu => nn.functional.gelu(x),
        UnaryKind.GeluTanh => GeluTanh(x),
        UnaryKind.Erf => x.erf(),
        UnaryKind.Sigmoid => x.sigmoid(),
        UnaryKind.Tanh => x.tanh(),
        UnaryKind.Sqrt => x.sqrt(),
        UnaryKind.Exp => x.exp(),
        UnaryKind.Negate => x.neg(),
        UnaryKind.Reciprocal => x.reciprocal(),
        UnaryKind.ToSingle => x.to_type(ScalarType.Float32),
        UnaryKind.ToInteger => x.to_type(ScalarType.Int64),
        _ => throw new InvalidOperationException($"The function {kind} is not known."),
    };

    // 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
    private static Tensor GeluTanh(Tensor x)
    {
        using Scalar cubic = 0.044715;
        using Scalar scale = Math.Sqrt(2 / Math.PI);
        using Scalar half = 0.5;
        var inner = x.add(x.mul(x).mul(x), cubic).mul(scale);
        return x.mul(half).mul(inner.tanh().add(HeldScalars.One));
    }

    private static Tensor Binary(BinaryKind kind, Tensor a, Tensor b) => kind switch
    {
        BinaryKind.Add => a.add(b, HeldScalars.One),
        BinaryKind.Subtract => a.add(b, HeldScalars.MinusOne),
        BinaryKind.Multiply => a.mul(b),
        BinaryKind.Divide when a.dtype == ScalarType.Int64 => a.div(b, RoundingMode.trunc),
        BinaryKind.Divide => a.div(b),
        BinaryKind.Power => a.pow(b.to_type(a.dtype)),
        _ => throw new InvalidOperationException($"The function {kind} is not known."),
    };

    private static Tensor Cut(Tensor x, AxisCut cut) =>
        x.index_select(
            cut.Axis, tensor([.. Enumerable.Range(0, checked((int)cut.Count)).Select(i => cut.First + i * cut.Step)], ScalarType.Int64));
}
