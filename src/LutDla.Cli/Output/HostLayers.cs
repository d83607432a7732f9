using LutDla.Golden.Model;

namespace LutDla.Cli.Output;

/// <summary>Layers of a network that a core has no part in.</summary>
internal static class HostLayers
{
    /// <summary>Names of the exact layers.</summary>
    public static string[] Of(QuantizedNetwork network) => [.. network.Nodes.OfType<ExactNode>().Select(node => node.Name)];

    /// <summary>Says which they are, if there are any.</summary>
    public static void Show(Terminal terminal, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            terminal.Line($"Exact, so not on the core: {string.Join(", ", names)}.");
    }
}
