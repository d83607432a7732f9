using System.Collections.Immutable;

namespace LutDla.Training.Onnx.Passes;

/// <summary>Recognises x · 1/2 · (1 + erf(x / sqrt 2)), its factors in any order, as Gelu.</summary>
internal static class GeluRecognition
{
    public static ImportedGraph Apply(ImportedGraph graph) => GraphIndex.Rewrite(graph, Find);

    private static UnaryOperation? Find(GraphIndex graph, ImportedOperation operation)
    {
        if (operation is not BinaryOperation { Kind: BinaryKind.Multiply } product) return null;
        ImportedValue[] factors = [.. product.Inputs.SelectMany(input => Factors(graph, input))];
        if (factors.Length != 3 || Array.FindIndex(factors, factor => graph.IsNumber(factor, 0.5)) is not (>= 0 and var half)) return null;
        var (a, b) = half switch { 0 => (factors[1], factors[2]), 1 => (factors[0], factors[2]), _ => (factors[0], factors[1]) };
        var x = IsGate(graph, a, b) ? b : IsGate(graph, b, a) ? a : null;
        return x is not null && x.Shape.SequenceEqual(operation.Output.Shape)
            ? new UnaryOperation(operation.Head with { Operator = "Gelu", Inputs = [x] }, UnaryKind.Gelu)
            : null;
    }

    private static ImmutableArray<ImportedValue> Factors(GraphIndex graph, ImportedValue value) =>
        graph.OnlyMaker<BinaryOperation>(value) is { Kind: BinaryKind.Multiply } product ? product.Inputs : [value];

    // 1 + erf(x / sqrt 2)
    private static bool IsGate(GraphIndex graph, ImportedValue value, ImportedValue x) =>
        graph.Maker<BinaryOperation>(value) is { Kind: BinaryKind.Add } sum
        && sum.Inputs.FirstOrDefault(input => !graph.IsNumber(input, 1)) is { } term && sum.Inputs.Any(input => graph.IsNumber(input, 1))
        && graph.Maker<UnaryOperation>(term) is { Kind: UnaryKind.Erf } erf
        && graph.Maker<BinaryOperation>(erf.Inputs[0]) is { } scaled && IsScaled(graph, scaled, x);

    private static bool IsScaled(GraphIndex graph, BinaryOperation operation, ImportedValue x) => operation.Kind switch
    {
        BinaryKind.Divide => operation.Inputs[0].Name == x.Name && graph.IsNumber(operation.Inputs[1], Math.Sqrt(2)),
        BinaryKind.Multiply => operation.Inputs.Any(input => input.Name == x.Name) && operation.Inputs.Any(input => graph.IsNumber(input, Math.Sqrt(0.5))),
        _ => false,
    };
}
