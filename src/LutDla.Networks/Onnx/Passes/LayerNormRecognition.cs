using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Passes;

/// <summary>
/// Recognises layer normalisation that is spelled out: d = x - mean(x), then d / sqrt(mean(d^2) + epsilon), means over the last dimensions;
/// then, if they follow, a product with constants and a sum with constants.
/// </summary>
internal static class LayerNormRecognition
{
    public static ImportedGraph Apply(ImportedGraph graph) => GraphIndex.Rewrite(GraphIndex.Rewrite(graph, FindQuotient), FindAffine);

    private static LayerNormOperation? FindQuotient(GraphIndex graph, ImportedOperation operation)
    {
        if (operation is not BinaryOperation { Kind: BinaryKind.Divide } quotient) return null;
        if (graph.Maker<UnaryOperation>(quotient.Inputs[1]) is not { Kind: UnaryKind.Sqrt } root) return null;
        if (graph.Maker<BinaryOperation>(root.Inputs[0]) is not { Kind: BinaryKind.Add } sum) return null;
        var epsilon = sum.Inputs.Select(graph.Number).FirstOrDefault(number => number is not null);
        var variance = sum.Inputs.Select(graph.Maker<ReduceMeanOperation>).FirstOrDefault(mean => mean is not null);
        if (epsilon is null || variance is null || SquareOf(graph, variance.Inputs[0]) is not { } square) return null;

        // Some exporters compute the deviation twice.
        if (Deviation(graph, quotient.Inputs[0], variance.Axes) is not { } x || Deviation(graph, square, variance.Axes)?.Name != x.Name)
            return null;
        if (!x.Shape.SequenceEqual(operation.Output.Shape)) return null;
        return new LayerNormOperation(
            operation.Head with { Operator = "LayerNormalization", Inputs = [x] }, variance.Axes[0], epsilon.Value);
    }

    private static LayerNormOperation? FindAffine(GraphIndex graph, ImportedOperation operation)
    {
        if (operation is not BinaryOperation { Kind: BinaryKind.Add } sum) return null;
        if (Split<BinaryOperation>(graph, sum) is not ({ Kind: BinaryKind.Multiply } product, var bias)) return null;
        if (Split<LayerNormOperation>(graph, product) is not ({ Inputs.Length: 1 } norm, var scale)) return null;
        var shape = norm.Output.Shape[norm.Axis..];
        return scale.Shape.SequenceEqual(shape) && bias.Shape.SequenceEqual(shape)
            ? norm with { Head = norm.Head with { Inputs = [norm.Inputs[0], scale, bias], Output = sum.Output } }
            : null;
    }

    // The operand that an operation makes for this use only, and the constant beside it.
    private static (T Made, ImportedValue Constant)? Split<T>(GraphIndex graph, BinaryOperation operation)
        where T : ImportedOperation
    {
        foreach (var (value, other) in new[] { (operation.Inputs[0], operation.Inputs[1]), (operation.Inputs[1], operation.Inputs[0]) })
        {
            if (graph.OnlyMaker<T>(value) is { } made && graph.Constant(other) is not null) return (made, other);
        }

        return null;
    }

    private static ImportedValue? SquareOf(GraphIndex graph, ImportedValue value) => graph.Maker<BinaryOperation>(value) switch
    {
        { Kind: BinaryKind.Multiply } product when product.Inputs[0].Name == product.Inputs[1].Name => product.Inputs[0],
        { Kind: BinaryKind.Power } power when graph.IsNumber(power.Inputs[1], 2) => power.Inputs[0],
        _ => null,
    };

    // x of x - mean(x) over just these axes, which must be the last ones and stay as sides of 1.
    private static ImportedValue? Deviation(GraphIndex graph, ImportedValue value, ImmutableArray<int> axes)
    {
        if (graph.Maker<BinaryOperation>(value) is not { Kind: BinaryKind.Subtract } difference) return null;
        if (graph.Maker<ReduceMeanOperation>(difference.Inputs[1]) is not { } mean || mean.Inputs[0].Name != difference.Inputs[0].Name)
            return null;
        var rank = mean.Inputs[0].Shape.Length;
        var areLast = axes.Index().All(axis => axis.Item == rank - axes.Length + axis.Index);
        return areLast && mean.Axes.SequenceEqual(axes) && mean.Output.Shape.Length == rank ? difference.Inputs[0] : null;
    }
}
