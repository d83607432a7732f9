using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>What LUTBoost makes of an operation.</summary>
public enum Replacement
{
    /// <summary>No matrix product: computed as it is.</summary>
    NoProduct,

    /// <summary>A matrix product that becomes a search and lookups.</summary>
    Lookups,

    /// <summary>A matrix product that stays one.</summary>
    StaysExact,
}

/// <summary>One operation of an imported network, for people.</summary>
/// <param name="Shape">Of the result.</param>
/// <param name="Parameters">Elements of its constants.</param>
/// <param name="Reason">Why a product stays exact; else empty.</param>
public sealed record OperationReport(
    string Name, string Operator, ImmutableArray<long> Shape, long Parameters, long MultiplyAccumulates, Replacement Replacement,
    string Reason)
{
    public static OperationReport Of(ImportedGraph graph, ImportedOperation operation)
    {
        var isProduct = Convertibility.IsProduct(operation);
        var obstacle = isProduct ? Convertibility.FindObstacle(graph, operation) : null;
        return new OperationReport(
            operation.Name, operation.Head.Operator, operation.Output.Shape,
            operation.Inputs.Where(input => graph.Constants.ContainsKey(input.Name)).Sum(input => graph.Constants[input.Name].ElementCount),
            operation.MultiplyAccumulates,
            !isProduct ? Replacement.NoProduct : obstacle is null ? Replacement.Lookups : Replacement.StaysExact,
            obstacle ?? "");
    }
}
