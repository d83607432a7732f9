using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Passes;

/// <summary>Takes away operations that change nothing: Identity, Dropout, casts to the same type.</summary>
internal static class IdentityRemoval
{
    /// <summary>An identity whose result is an output of the graph stays: it carries the output's name.</summary>
    public static ImportedGraph Apply(ImportedGraph graph)
    {
        var sources = new Dictionary<string, ImportedValue>(StringComparer.Ordinal);
        var kept = ImmutableArray.CreateBuilder<ImportedOperation>();
        foreach (var operation in graph.Operations)
        {
            var inputs = operation.Inputs.Select(input => sources.GetValueOrDefault(input.Name, input));
            var renamed = operation with { Head = operation.Head with { Inputs = [.. inputs] } };
            if (renamed is UnaryOperation { Kind: UnaryKind.Identity } && !graph.Outputs.Contains(renamed.Output.Name))
                sources.Add(renamed.Output.Name, renamed.Inputs[0]);
            else
                kept.Add(renamed);
        }

        return graph with { Operations = kept.ToImmutable() };
    }
}
