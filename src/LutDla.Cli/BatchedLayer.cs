using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;
using LutDla.Mapping;

namespace LutDla.Cli;

/// <summary>A LUT layer of a network with the rows of some images, which go through it together.</summary>
internal sealed record BatchedLayer(LutNode Node, int Rows)
{
    public LayerShape Shape => new(Rows, Node.Layer.SubspaceCount, Node.Layer.OutputChannels);

    /// <summary>The layers of a network, in its order.</summary>
    /// <param name="file">Where the network came from.</param>
    /// <exception cref="InvalidInputException">The core cannot run one, or there are too many rows.</exception>
    public static IReadOnlyList<BatchedLayer> Of(Core core, string file, QuantizedNetwork network, int images)
    {
        LutNode[] nodes = [.. network.Nodes.OfType<LutNode>()];
        LayerFit.Check(core, file, nodes.Select(n => (n.Name, n.Layer)));
        var shapes = NetworkRules.Shapes(network);
        return [.. nodes.Select(node => new BatchedLayer(node, RowCount(node.Name, shapes[node.Name].Pixels, images)))];
    }

    /// <summary>The rows that a layer has of some images.</summary>
    /// <param name="name">The layer's.</param>
    /// <param name="each">Of an image.</param>
    /// <exception cref="InvalidInputException">They are more than a schedule counts.</exception>
    public static int RowCount(string name, int each, int images)
    {
        var rows = (long)images * each;
        return rows <= LayerShape.MaximumRows
            ? (int)rows
            : throw new InvalidInputException(
                "command line", "--images", $"{images}",
                $"{name} then has {rows} rows, {each} an image; a schedule has at most {LayerShape.MaximumRows}.",
                $"Give at most {LayerShape.MaximumRows / each} images.");
    }
}
