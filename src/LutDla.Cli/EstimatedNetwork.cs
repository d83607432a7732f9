using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Costs;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;

namespace LutDla.Cli;

/// <summary>The layers of a network that a core computes, and those that it has no part in.</summary>
/// <param name="IsConverted">If not, they are as a conversion for the design would make them.</param>
internal sealed record EstimatedNetwork(
    IReadOnlyList<(string Name, LookupProduct Product)> Layers, IReadOnlyList<string> ExactLayers, bool IsConverted)
{
    /// <param name="file">An artefact.</param>
    /// <param name="images">Whose rows go through a layer together.</param>
    /// <exception cref="InvalidInputException">It cannot be read, or the core cannot run it.</exception>
    public static EstimatedNetwork Converted(Core core, string file, int images)
    {
        var network = ArtefactFile.Read(file);
        return new(
            [.. BatchedLayer.Of(core, file, network, images).Select(l => (l.Node.Name, LookupProduct.Of(l.Node.Layer, l.Rows)))],
            HostLayers.Of(network), IsConverted: true);
    }

    /// <param name="file">Of the float network, for messages.</param>
    /// <param name="format">What it would be converted into.</param>
    /// <param name="images">Whose rows go through a layer together.</param>
    /// <exception cref="InvalidInputException">A rule of the format is of no layer, or the core could not run the result.</exception>
    public static EstimatedNetwork Planned(Core core, string file, FloatGraph graph, QuantisationOptions format, int images)
    {
        format.Check(graph);
        PlannedLayer[] layers = [.. format.Plan(graph)];
        LayerFit.CheckSizes(core, file, layers.Select(l => (l.Name, l.Sizes, l.OutputBits)));
        return new([.. layers.Select(l => (l.Name, Product(l, images)))], [.. format.PlanExact(graph)], IsConverted: false);
    }

    /// <summary>A layer as lookups.</summary>
    /// <param name="images">Whose rows go through it together.</param>
    public static LookupProduct Product(PlannedLayer layer, int images) => new(
        new(BatchedLayer.RowCount(layer.Name, layer.RowsPerExample, images), layer.Sizes.SubspaceCount, layer.OutputChannels),
        layer.InputCount, layer.Sizes.VectorLength, layer.Sizes.CentroidCount, layer.Sizes.Metric, layer.Sizes.ActivationBits,
        layer.Sizes.TableBits, layer.OutputBits);
}
