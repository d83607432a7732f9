using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Passes;

/// <summary>
/// Recognises Gelu that is spelled out, its factors and terms in any order: x · 1/2 · (1 + erf(x / sqrt 2)), and its approximation
/// x · 1/2 · (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
/// </summary>
internal static class GeluRecognition
{
    private const double CubicTerm = 0.044715;

    public static ImportedGraph Apply(ImportedGraph graph) => GraphIndex.Rewrite(graph, Find);

    private static UnaryOperation? Find(GraphIndex graph, ImportedOperation operation)
    {
        if (operation is not BinaryOperation { Kind: BinaryKind.Multiply } product) return null;
        ImmutableArray<ImportedValue> factors = [.. product.Inputs.SelectMany(input => Factors(graph, input))];
        if (factors.FirstOrDefault(factor => graph.IsNumber(factor, 0.5)) is not { } half || factors.Remove(half) is not [var a, var b])
            return null;
        var (x, kind) = FindGate(graph, a, b) is { } first ? (b, first) : (a, FindGate(graph, b, a));
        return kind is { } gelu && x.Shape.SequenceEqual(operation.Output.Shape)
            ? new UnaryOperation(operation.Head with { Operator = "Gelu", Inputs = [x] }, gelu)
            : null;
    }

    private static ImmutableArray<ImportedValue> Factors(GraphIndex graph, ImportedValue value) =>
        graph.OnlyMaker<BinaryOperation>(value) is { Kind: BinaryKind.Multiply } product ? product.Inputs : [value];

    // Which Gelu it is that 1 + f(x) stands for, or null.
    private static UnaryKind? FindGate(GraphIndex graph, ImportedValue value, ImportedValue x)
    {
        if (graph.Beside(BinaryKind.Add, value, 1) is not { } term || graph.Maker<UnaryOperation>(term) is not { } function) return null;
        var argument = function.Inputs[0];
        return function.Kind switch
        {
            UnaryKind.Erf when IsScaled(graph, argument, x) => UnaryKind.Gelu,
            UnaryKind.Tanh when graph.Beside(BinaryKind.Multiply, argument, Math.Sqrt(2 / Math.PI)) is { } sum && IsCubicSum(graph, sum, x)
                => UnaryKind.GeluTanh,
            _ => null,
        };
    }

    // x / sqrt 2
    private static bool IsScaled(GraphIndex graph, ImportedValue value, ImportedValue x) =>
        (graph.Maker<BinaryOperation>(value) is { Kind: BinaryKind.Divide } quotient
            && quotient.Inputs[0].Name == x.Name && graph.IsNumber(quotient.Inputs[1], Math.Sqrt(2)))
        || graph.Beside(BinaryKind.Multiply, value, Math.Sqrt(0.5))?.Name == x.Name;

    // x + 0.044715 x^3
    private static bool IsCubicSum(GraphIndex graph, ImportedValue value, ImportedValue x) =>
        graph.Other(BinaryKind.Add, value, x) is { } term
        && graph.Beside(BinaryKind.Multiply, term, CubicTerm) is { } cube && IsCube(graph, cube, x);

    private static bool IsCube(GraphIndex graph, ImportedValue value, ImportedValue x) =>
        (graph.Maker<BinaryOperation>(value) is { Kind: BinaryKind.Power } power && power.Inputs[0].Name == x.Name
            && graph.IsNumber(power.Inputs[1], 3))
        || (graph.Other(BinaryKind.Multiply, value, x) is { } square && graph.Other(BinaryKind.Multiply, square, x)?.Name == x.Name);
}
