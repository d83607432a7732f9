using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Operators that work on each element by itself.</summary>
internal static class ElementwiseImport
{
    /// <summary>The operator set that made the bounds of Clip inputs.</summary>
    private const long ClipInputSet = 11;

    /// <summary>The operator set that gave Dropout inputs for its ratio and mode; before, it knew no other mode than inference.</summary>
    private const long DropoutInputSet = 12;

    public static ImportedOperation Unary(NodeContext node, UnaryKind kind) => new UnaryOperation(node.Head(node.Data(0).Shape, 0), kind);

    public static ImportedOperation Gelu(NodeContext node) => node.Text("approximate", "none") switch
    {
        "none" => Unary(node, UnaryKind.Gelu),
        "tanh" => Unary(node, UnaryKind.GeluTanh),
        var other => throw new OperatorException($"The approximation {other} is not known."),
    };

    public static ImportedOperation Binary(NodeContext node, BinaryKind kind)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        // A power of single precision may have an integer exponent; all else is of one type.
        if (a.IsInteger != b.IsInteger && !(kind == BinaryKind.Power && b.IsInteger))
            throw new OperatorException("It mixes integers with single-precision numbers.");
        if (kind == BinaryKind.Divide && node.FindConstant(1) is { IsInteger: true } divisor && divisor.Integers.Contains(0))
            throw new OperatorException("It divides integers by 0.");
        return new BinaryOperation(node.Head(Shapes.Broadcast(a.Shape, b.Shape), 0, 1), kind);
    }

    // The bounds were attributes before operator set 11 and are inputs since.
    public static ImportedOperation Clip(NodeContext node)
    {
        var isOld = node.OperatorSet < ClipInputSet;
        var minimum = isOld ? node.FindSingle("min") ?? float.NegativeInfinity : Bound(node, 1, float.NegativeInfinity);
        var maximum = isOld ? node.FindSingle("max") ?? float.PositiveInfinity : Bound(node, 2, float.PositiveInfinity);
        if (float.IsNaN(minimum) || float.IsNaN(maximum)) throw new OperatorException($"Its bounds are {minimum} and {maximum}.");
        return new ClipOperation(node.Head(node.Data(0).Shape, 0), minimum, maximum);
    }

    /// <summary>Nothing is dropped when a network is used.</summary>
    public static ImportedOperation Dropout(NodeContext node)
    {
        node.Ignore("ratio", "seed");
        if (node.OperatorSet >= DropoutInputSet)
        {
            node.IgnoreInput(1); // the ratio
            if (node.Has(2) && IsTrue(node.Constant(2, "training mode")))
                throw new OperatorException("It is in training mode.", NormImport.ExportForInference);
        }

        return new UnaryOperation(node.Head(node.Data(0).Shape, 0), UnaryKind.Identity);
    }

    public static ImportedOperation Cast(NodeContext node)
    {
        node.Ignore("saturate");
        var to = node.Integer("to", 0);
        var isInteger = OnnxElementTypes.Find(to) switch
        {
            OnnxElementType.Single or OnnxElementType.Double => false,
            OnnxElementType.Int32 or OnnxElementType.Int64 => true,
            // It rounds, and in single precision nothing would.
            OnnxElementType.Half or OnnxElementType.BFloat16 => throw new OperatorException(
                "A cast to half precision is not supported.", "Export the model in single precision."),
            _ => throw new OperatorException($"A cast to element type {to} is not supported."),
        };
        var input = node.Input(0);
        var kind = isInteger == input.IsInteger ? UnaryKind.Identity : isInteger ? UnaryKind.ToInteger : UnaryKind.ToSingle;
        return new UnaryOperation(node.Head(input.Shape, isInteger, [input]), kind);
    }

    private static bool IsTrue(ImportedConstant mode) => mode is { IsInteger: true, ElementCount: 1 }
        ? mode.Integers[0] != 0
        : throw new OperatorException("Its training mode must be true or false.");

    private static float Bound(NodeContext node, int input, float missing)
    {
        if (!node.Has(input)) return missing;
        var bound = node.Constant(input, input == 1 ? "minimum" : "maximum");
        return bound is { IsInteger: false, ElementCount: 1 }
            ? bound.Singles[0]
            : throw new OperatorException("Its bounds must be single numbers.");
    }
}
