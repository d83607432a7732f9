using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Rendering;

namespace LutDla.Cli.Commands;

/// <summary>Writes layers of a network as vectors for a test bench, with the core and a test bench that plays them.</summary>
internal static class ExportCommand
{
    private const int MaximumImages = 100;

    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var config = CommonOptions.Config();
        var layer = new Option<string?>("--layer") { HelpName = "NAME", Description = "One LUT layer; left out: all." };
        var images = Options.Integer("--images", "Test images, or sequences, from the first one on.", 1, MaximumImages).WithDefault(1);
        var data = new DataOptions();
        var sequences = new SequenceOptions(data.All);
        var target = Options.Path(
            "--out", PathUse.IsReplaced, "FOLDER", "Folder to write; replaced if it holds only what lutdla generated.");
        return CommandRun.Define(
            "export",
            "Writes what goes into every stream of a core for the LUT layers of a network, and what must come out and when, " +
            "as hexadecimal and JSON files, with the core and a test bench that plays them: make in the folder runs it.",
            "lutdla export --network networks/lenet5-l1.safetensors --config configs/edge.json --layer fc3 --out build/fc3",
            [network, config, layer, images, .. data.All, .. sequences.All, target],
            run => Task.FromResult(Run(
                run, data, sequences, (run.Get(network), run.Get(config), run.Find(layer), run.Get(images), run.GetOutputFolder(target)))));
    }

    private static Outcome Run(
        CommandRun run, DataOptions data, SequenceOptions sequences,
        (string Network, string Config, string? Layer, int Images, string Target) asked)
    {
        var core = Core.From(DesignFile.Load(asked.Config));
        var network = ArtefactFile.Read(asked.Network);
        LutNode[] nodes = [.. network.Nodes.OfType<LutNode>()];
        if (asked.Layer is { } name)
            nodes = [nodes.FirstOrDefault(n => n.Name == name) ?? throw Unknown(name, nodes)];
        LayerFit.Check(core, asked.Network, nodes.Select(n => (n.Name, n.Layer)));
        var rows = LayerRows.Load(run, data, sequences, asked.Network, network, asked.Images);
        LayerData[] layers = [.. rows.Layers.Where(l => nodes.Any(n => n.Name == l.Name))];
        run.Cancellation.ThrowIfCancellationRequested();
        var files = HandoffFolder.Of(core, TemplateRenderer.Default, layers, withBeatJson: true);
        OutputFolder.Replace(asked.Target, files);
        run.Terminal.Line($"{core.TopName}: {layers.Length} layers, {files.Count} files in {asked.Target}; make in that folder runs them.");
        return new(ExitCode.Success, new
        {
            Folder = Path.GetFullPath(asked.Target), Top = core.TopName, Images = rows.Count,
            Layers = layers.Select(l => new { l.Name, l.Shape }),
            Files = files.Select(f => f.Path),
        });
    }

    private static InvalidInputException Unknown(string layer, LutNode[] nodes) => new(
        "command line", "--layer", layer, "is no LUT layer of the network.",
        Spelling.Suggest(layer, nodes.Select(n => n.Name), $"It has {string.Join(", ", nodes.Select(n => n.Name))}."));
}
