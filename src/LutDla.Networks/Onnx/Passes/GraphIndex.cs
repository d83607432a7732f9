using System.Collections.Frozen;

namespace LutDla.Networks.Onnx.Passes;

/// <summary>Who makes and who uses the values of a graph, and how operations are replaced.</summary>
internal sealed class GraphIndex(ImportedGraph graph)
{
    private readonly FrozenDictionary<string, ImportedOperation> _makers =
        graph.Operations.ToFrozenDictionary(operation => operation.Output.Name, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, int> _uses = graph.Operations
        .SelectMany(operation => operation.Inputs.Select(input => input.Name)).Concat(graph.Outputs)
        .CountBy(name => name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operation that makes a value, or null if it is constant, an input, or made otherwise.</summary>
    public T? Maker<T>(ImportedValue value)
        where T : ImportedOperation => _makers.GetValueOrDefault(value.Name) as T;

    /// <summary>The operation that makes a value, if nothing else uses that value.</summary>
    public T? OnlyMaker<T>(ImportedValue value)
        where T : ImportedOperation => _uses.GetValueOrDefault(value.Name) == 1 ? Maker<T>(value) : null;

    public ImportedConstant? Constant(ImportedValue value) => graph.Constants.GetValueOrDefault(value.Name);

    /// <summary>The one number of a constant, or null.</summary>
    public float? Number(ImportedValue value) =>
        Constant(value) is { ElementCount: 1 } constant ? constant.IsInteger ? constant.Integers[0] : constant.Singles[0] : null;

    /// <summary>Whether a value is a constant of one number, but for rounding.</summary>
    public bool IsNumber(ImportedValue value, double expected)
    {
        const double Rounding = 1e-5;
        return Number(value) is { } number && Math.Abs(number - expected) <= Rounding * Math.Abs(expected);
    }

    /// <summary>
    /// The other operand where <paramref name="value"/> is made by this function of it and a constant of one number, in any order; or null.
    /// </summary>
    public ImportedValue? Beside(BinaryKind kind, ImportedValue value, double number) =>
        Other(kind, value, operand => IsNumber(operand, number));

    /// <summary>
    /// The other operand where <paramref name="value"/> is made by this function of it and <paramref name="operand"/>, in any order; or
    /// null.
    /// </summary>
    public ImportedValue? Other(BinaryKind kind, ImportedValue value, ImportedValue operand) =>
        Other(kind, value, input => input.Name == operand.Name);

    /// <summary>
    /// The graph with each operation replaced by what <paramref name="find"/> gives for it, an operation of the same output; null keeps it.
    /// </summary>
    public static ImportedGraph Rewrite(ImportedGraph graph, Func<GraphIndex, ImportedOperation, ImportedOperation?> find)
    {
        var index = new GraphIndex(graph);
        return graph with { Operations = [.. graph.Operations.Select(operation => find(index, operation) ?? operation)] };
    }

    private ImportedValue? Other(BinaryKind kind, ImportedValue value, Func<ImportedValue, bool> isKnown)
    {
        if (Maker<BinaryOperation>(value) is not { } operation || operation.Kind != kind) return null;
        var (a, b) = (operation.Inputs[0], operation.Inputs[1]);
        return isKnown(a) ? b : isKnown(b) ? a : null;
    }
}
