using LutDla.Golden.Model;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>
/// What is done to each element alone, or to elements of two values. However many operations make a function of one value, such as x ·
/// sigmoid(x), it becomes one table.
/// </summary>
internal static class ElementTranslation
{
    /// <summary>Longer ones are not made longer: a file could let them grow without bounds.</summary>
    private const int LongestFunction = 128;

    /// <summary>max(x, 0), at most <paramref name="ceiling"/>: part of the operation before, where nothing else reads that.</summary>
    public static DraftValue Rectify(NetworkDraft draft, ImportedOperation op, float ceiling)
    {
        if (draft.FindChangeable(op.Inputs[0]) is not RectifiedOperation rectified) return Function(draft, op);
        draft.Replace(rectified with { Relu = true, Ceiling = ceiling });
        return draft[op.Inputs[0]];
    }

    /// <summary>A function of the only input that is no constant; the others are single numbers.</summary>
    public static DraftValue Function(NetworkDraft draft, ImportedOperation op)
    {
        var value = draft[op.Inputs.First(input => !draft.IsConstant(input))];
        return Append(draft, op, value, FunctionOf(draft, value).Source);
    }

    public static DraftValue Binary(NetworkDraft draft, BinaryOperation op)
    {
        if (op.Inputs.Any(draft.IsConstant)) return WithConstant(draft, op, draft.IsConstant(op.Inputs[0]));
        var (a, b) = (draft[op.Inputs[0]], draft[op.Inputs[1]]);
        var (first, second) = (FunctionOf(draft, a), FunctionOf(draft, b));
        if (first.Source == second.Source && op.Inputs[0].Shape.SequenceEqual(op.Inputs[1].Shape) && a.Order == b.Order)
            return Append(draft, op, a, first.Source);
        return op.Kind switch
        {
            BinaryKind.Add => Add(draft, op, a, b.Maker),
            BinaryKind.Subtract => Add(draft, op, a, Negate(draft, op)),
            BinaryKind.Multiply => Multiply(draft, op),
            _ => throw new OperatorException("Two tensors can be added, subtracted and multiplied, but not so."),
        };
    }

    private static DraftValue WithConstant(NetworkDraft draft, BinaryOperation op, bool isConstantFirst)
    {
        var (constant, input) = isConstantFirst ? (op.Inputs[0], op.Inputs[1]) : (op.Inputs[1], op.Inputs[0]);
        var isNumber = Shapes.ElementCount(constant.Shape) == 1;
        var isAffine = op.Kind is BinaryKind.Add or BinaryKind.Subtract or BinaryKind.Multiply
            || (op.Kind == BinaryKind.Divide && !isConstantFirst);
        if (!input.Shape.SequenceEqual(op.Output.Shape)) throw new OperatorException("A constant must not stretch an image.");
        if (isNumber && !(isAffine && (draft.IsInputAlone(input) || draft.FindChangeable(input) is MatrixOperation)))
            return Function(draft, op);
        if (!isAffine) throw new OperatorException("Its constant must be a single number.");
        var values = MatrixTranslation.PerChannel(
            draft, constant, op.Output, draft[input].Order == ElementOrder.ChannelsLast ? op.Output.Shape.Length - 1 : 1);
        var (zero, one) = (zeros_like(values), ones_like(values));
        var (gain, offset) = (op.Kind, isConstantFirst) switch
        {
            (BinaryKind.Add, _) => (one, values),
            (BinaryKind.Subtract, false) => (one, -values),
            (BinaryKind.Subtract, true) => (-one, values),
            (BinaryKind.Multiply, _) => (values, zero),
            _ => (one / values, zero),
        };
        return MatrixTranslation.Affine(draft, op, input, gain, offset);
    }

    private static DraftValue Add(NetworkDraft draft, BinaryOperation op, DraftValue a, string second)
    {
        if (!op.Inputs[0].Shape.SequenceEqual(op.Inputs[1].Shape) || a != draft[op.Inputs[1]] with { Maker = a.Maker })
            throw new OperatorException("Only images of one shape can be added.");
        return a with { Maker = draft.Append(new AddOperation(draft.NewName(op), [a.Maker, second], Relu: false)) };
    }

    private static string Negate(NetworkDraft draft, BinaryOperation op)
    {
        var (source, function) = FunctionOf(draft, draft[op.Inputs[1]]);
        var negation = new UnaryOperation(op.Head, UnaryKind.Negate);
        return draft.Append(new ElementOperation(draft.NewName(op), [source], new ImportedFunction(negation, [function])));
    }

    // The larger image comes first.
    private static DraftValue Multiply(NetworkDraft draft, BinaryOperation op)
    {
        var (a, b) = draft.Shape(op.Inputs[0]).Pixels >= draft.Shape(op.Inputs[1]).Pixels
            ? (op.Inputs[0], op.Inputs[1])
            : (op.Inputs[1], op.Inputs[0]);
        var (shape, other) = (draft.Shape(a), draft.Shape(b));
        // Shapes of other ranks would be aligned at their last sides.
        var isStretched = a.Shape.Length != b.Shape.Length || !a.Shape.SequenceEqual(op.Output.Shape);
        if (isStretched || (other != shape && other != new ImageShape(1, 1, shape.Channels)) || draft[a].Order != draft[b].Order
            || draft[a].Order == ElementOrder.Flattened)
            throw new OperatorException("Only images of one shape can be multiplied, or each channel by a number.");
        return draft[a] with { Maker = draft.Append(new ProductOperation(draft.NewName(op), [draft[a].Maker, draft[b].Maker])) };
    }

    // What a value is a function of; of itself, if no function makes it, or one that is long enough.
    private static (string Source, ElementFunction Function) FunctionOf(NetworkDraft draft, DraftValue value) =>
        draft.Find(value.Maker) is ElementOperation { Function: { Length: <= LongestFunction } function } element
            ? (element.Inputs[0], function)
            : (value.Maker, new FunctionInput());

    private static DraftValue Append(NetworkDraft draft, ImportedOperation op, DraftValue like, string source)
    {
        var arguments = op.Inputs.Select(
            input => draft.IsConstant(input) ? Number(draft, input) : FunctionOf(draft, draft[input]).Function);
        var made = new ElementOperation(draft.NewName(op), [source], new ImportedFunction(op, [.. arguments]));
        return like with { Maker = draft.Append(made) };
    }

    private static FunctionConstant Number(NetworkDraft draft, ImportedValue constant) => Shapes.ElementCount(constant.Shape) == 1
        ? new(draft.Constant(constant).item<float>())
        : throw new OperatorException("Its constant must be a single number.");
}
