using System.CommandLine;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Schedule;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Passes and cycles of every LUT layer of a network on a core.</summary>
internal static class ScheduleCommand
{
    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var config = CommonOptions.Config();
        var images = Options.Integer("--images", "Images whose rows go through each layer together.", 1, 10_000).WithDefault(1);
        return CommandRun.Define(
            "schedule",
            "Says in how many passes and cycles a core computes every LUT layer of a network when nothing stalls. " +
            "Exact: simulate checks it.",
            "lutdla schedule --network resnet8-edge.safetensors --config configs/edge.json",
            [network, config, images],
            run => Task.FromResult(Run(run, run.Get(network), run.Get(config), run.Get(images))));
    }

    private static Outcome Run(CommandRun run, string file, string config, int images)
    {
        var core = Core.From(DesignFile.Load(config));
        var network = ArtefactFile.Read(file);
        LayerCycles[] layers = [.. BatchedLayer.Of(core, file, network, images).Select(l => LayerCycles.Of(core, l.Node.Name, l.Shape))];

        var table = new Table().AddColumns("layer", "rows", "subspaces", "columns", "passes", "searches", "cycles", "of peak");
        foreach (var l in layers)
        {
            table.AddRow(
                l.Name, $"{l.Shape.RowCount}", $"{l.Shape.SubspaceCount}", $"{l.Shape.ColumnCount}", $"{l.Passes}", $"{l.Searches}",
                Figures.Count(l.Cycles), Figures.OfPeak(core, l.Lookups, l.Cycles));
        }

        var (cycles, lookups) = (layers.Sum(l => l.Cycles), layers.Sum(l => l.Lookups));
        table.AddRow(
            "all", "", "", "", $"{layers.Sum(l => l.Passes)}", $"{layers.Sum(l => l.Searches)}",
            Figures.Count(cycles), Figures.OfPeak(core, lookups, cycles));
        run.Terminal.Table(table);
        run.Terminal.Line($"{core.TopName}: {Figures.Count(core.LookupsPerCycle, "lookup")} a cycle at its peak.");
        HostLayers.Show(run.Terminal, HostLayers.Of(network));
        return new(ExitCode.Success, new
        {
            Design = core.Name, Images = images, core.LookupsPerCycle, Cycles = cycles, Layers = layers,
            ExactLayers = HostLayers.Of(network),
        });
    }
}
