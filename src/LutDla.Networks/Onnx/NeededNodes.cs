using System.Collections.Immutable;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx;

/// <summary>The nodes that outputs depend on.</summary>
internal static class NeededNodes
{
    /// <summary>In file order. Nodes in a cycle are among them; the importer meets them before their inputs.</summary>
    public static ImmutableArray<OnnxModelNode> Of(OnnxModelGraph graph, IEnumerable<string> outputs)
    {
        var makers = graph.Nodes
            .SelectMany(node => node.Outputs.Where(name => name.Length > 0).Select(name => (Name: name, Node: node)))
            .ToLookup(pair => pair.Name, pair => pair.Node, StringComparer.Ordinal);
        var needed = new HashSet<OnnxModelNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<string>(outputs);
        while (open.TryPop(out var name))
        {
            foreach (var node in makers[name].Where(needed.Add))
            {
                foreach (var input in node.Inputs) open.Push(input);
            }
        }

        return [.. graph.Nodes.Where(needed.Contains)];
    }
}
