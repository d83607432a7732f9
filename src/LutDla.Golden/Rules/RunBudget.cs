using LutDla.Golden.Model;

namespace LutDla.Golden.Rules;

/// <summary>
/// What a run of a whole network takes, in values: limits of single tensors and layers do not bound their sum. Every result counts, and of
/// layers the padded image and an index for each subspace and pixel, too; pixels in groups of <see cref="PixelGroup"/>, as the fast form
/// has them.
/// </summary>
internal static class RunBudget
{
    /// <summary>Pixels that are worked on together.</summary>
    public const int PixelGroup = 64;

    /// <summary>Adds a problem if there are more than <see cref="NetworkLimits.RunValues"/>.</summary>
    public static void Check(QuantizedNetwork network, IReadOnlyDictionary<string, TensorFacts> known, ProblemList problems)
    {
        var values = Values(network.Nodes.IsDefault ? network with { Nodes = [] } : network, known);
        if (values > NetworkLimits.RunValues)
        {
            problems.Add(
                "values of a run", $"{values}",
                $"All results, padded images and indices together must be at most {NetworkLimits.RunValues} values.",
                "Give the network smaller images, or fewer channels, layers or subspaces.");
        }
    }

    /// <summary>Of all nodes whose shape is known.</summary>
    public static long Values(QuantizedNetwork network, IReadOnlyDictionary<string, TensorFacts> known)
    {
        var image = known.TryGetValue(InputQuantizer.NodeName, out var input) ? Result(input.Shape) : 0;
        return image + network.Nodes.Where(node => known.ContainsKey(node.Name)).Sum(node => Values(node, known));
    }

    private static long Values(Node node, IReadOnlyDictionary<string, TensorFacts> known) => node switch
    {
        LutNode { Layer: var layer } => Layer(known[node.Inputs[0]].Shape, layer.Window, (long)layer.SubspaceCount + layer.OutputChannels),
        ExactNode { Layer: var layer } => Layer(known[node.Inputs[0]].Shape, layer.Window, layer.OutputChannels),
        _ => Result(known[node.Name].Shape),
    };

    private static long Result(ImageShape shape) => InGroups(shape.Pixels) * shape.Channels;

    private static long Layer(ImageShape input, Window window, long perPixel)
    {
        var pixels = (input.Height + 2L * window.PaddingHeight) * (input.Width + 2L * window.PaddingWidth);
        return InGroups(pixels) * (input.Channels + perPixel);
    }

    private static long InGroups(long pixels) => (pixels + PixelGroup - 1) / PixelGroup * PixelGroup;
}
