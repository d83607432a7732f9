using System.Collections.Immutable;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx;

/// <summary>Looks at the nodes of a model that cannot be imported as a whole.</summary>
internal static class ConvertibleNodes
{
    /// <summary>Layers that are named; a network may have hundreds.</summary>
    private const int Named = 10;

    /// <summary>Says which they are.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static string Remark(
        OnnxModelGraph graph, IReadOnlyDictionary<string, ImportedConstant> constants, IReadOnlySet<OnnxModelNode> faulty)
    {
        var layers = Of(graph, constants, faulty);
        if (layers.IsEmpty) return "No layer could be converted.";
        var others = layers.Length > Named ? $" and {layers.Length - Named} more" : "";
        return $"Layers that could still be converted: {string.Join(", ", layers.Take(Named))}{others}.";
    }

    /// <summary>
    /// Names, with operators, of ungrouped products with constant weights: what LUTBoost could replace once the rest is mended.
    /// </summary>
    /// <param name="faulty">Nodes that are themselves refused.</param>
    private static ImmutableArray<string> Of(
        OnnxModelGraph graph, IReadOnlyDictionary<string, ImportedConstant> constants, IReadOnlySet<OnnxModelNode> faulty) =>
    [
        .. graph.Nodes
            .Where(node => !faulty.Contains(node))
            .Where(node => node.OperatorType is "Conv" or "Gemm" or "MatMul")
            .Where(node => node.Inputs.Length > 1 && constants.ContainsKey(node.Inputs[1]) && !IsGrouped(node))
            .Select(node => $"{node.DisplayName} ({node.OperatorType})"),
    ];

    private static bool IsGrouped(OnnxModelNode node) =>
        node.Attributes.Any(attribute => attribute is { Name: "group", Integers: [not 1] });
}
