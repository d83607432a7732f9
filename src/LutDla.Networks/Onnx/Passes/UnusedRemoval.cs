namespace LutDla.Networks.Onnx.Passes;

/// <summary>Takes away operations and constants that no output needs, such as what a recognised spelling was made of.</summary>
internal static class UnusedRemoval
{
    public static ImportedGraph Apply(ImportedGraph graph)
    {
        var used = new HashSet<string>(graph.Outputs, StringComparer.Ordinal);
        foreach (var operation in graph.Operations.Reverse().Where(operation => used.Contains(operation.Output.Name)))
            used.UnionWith(operation.Inputs.Select(input => input.Name));
        return graph with
        {
            Operations = [.. graph.Operations.Where(operation => used.Contains(operation.Output.Name))],
            Constants = graph.Constants.RemoveRange(graph.Constants.Keys.Where(name => !used.Contains(name))),
        };
    }
}
