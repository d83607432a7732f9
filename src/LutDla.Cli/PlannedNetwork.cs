using System.Collections.Concurrent;
using LutDla.Exploration.Search;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;

namespace LutDla.Cli;

/// <summary>A float network as conversions for many designs would make it.</summary>
/// <param name="file">Of the network, for messages.</param>
/// <param name="rules">Formats by layer.</param>
/// <param name="images">Whose rows go through a layer together.</param>
internal sealed class PlannedNetwork(string file, FloatGraph graph, string[] rules, int images) : INetworkPlan
{
    private readonly ConcurrentDictionary<PointFormat, (PlannedLayer[] Layers, NetworkWork Work)> _plans = new();
    private readonly ConcurrentDictionary<(PointFormat Format, int MaximumSubspaces, int OutputBits), bool> _fits = new();

    public NetworkWork? On(Core core)
    {
        var format = PointFormat.Of(core.Config);
        var (layers, work) = _plans.GetOrAdd(format, _ => Plan(core));
        return _fits.GetOrAdd((format, core.Config.Tile.MaximumSubspaces, core.OutputBits), _ => Fits(core, layers)) ? work : null;
    }

    private (PlannedLayer[] Layers, NetworkWork Work) Plan(Core core)
    {
        PlannedLayer[] layers = [.. FormatOptions.Of(core, rules).Plan(graph)];
        return (layers, new(
        [
            .. layers.Select(layer => EstimatedNetwork.Product(layer, images)).GroupBy(product => product)
                .Select(same => (same.Key, same.Count())),
        ]));
    }

    private bool Fits(Core core, PlannedLayer[] layers) => layers.Length > 0 && !layers.Any(layer =>
        LayerFit.Problems(core, file, layer.Name, layer.Sizes).Any()
        || LayerFit.ResultProblems(core, file, layer.Name, layer.OutputBits).Any());
}
