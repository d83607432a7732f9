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
using LutDla.Training.Formats;

namespace LutDla.Cli.Commands;

/// <summary>Writes layers of a network as vectors for a test bench, with the core and a test bench that plays them.</summary>
internal static class ExportCommand
{
    private const int MaximumImages = 100;

    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var config = CommonOptions.Config();
        var layers = new Option<string[]>("--layer")
        {
            HelpName = "PATTERN", AllowMultipleArgumentsPerToken = true,
            Description = "Only the LUT layers whose names a pattern matches, with * and ? as in convert --layer; left out: all.",
        };
        var images = Options.Integer("--images", "Test images, or sequences, from the first one on.", 1, MaximumImages).WithDefault(1);
        var data = new DataOptions(isRemembered: true);
        var sequences = new SequenceOptions(data.All);
        var target = Options.Path(
            "--out", PathUse.IsReplaced, "FOLDER", "Folder to write; replaced if it holds only what lutdla generated.");
        return CommandRun.Define(
            "export",
            "Writes what goes into every stream of a core for the LUT layers of a network, and what must come out and when, " +
            "as hexadecimal and JSON files, with the core and a test bench that plays them: make in the folder runs it.",
            "lutdla export --network resnet8-edge.safetensors --config configs/edge.json --layer 'stage3.*' --out build/stage3",
            [network, config, layers, images, .. data.All, .. sequences.All, target],
            run => Task.FromResult(Run(
                run, data, sequences,
                (run.Get(network), run.Get(config), run.Find(layers) ?? [], run.Get(images), run.GetOutputFolder(target)))));
    }

    private static Outcome Run(
        CommandRun run, DataOptions data, SequenceOptions sequences,
        (string Network, string Config, string[] Patterns, int Images, string Target) asked)
    {
        var core = Core.From(DesignFile.Load(asked.Config));
        var network = ArtefactFile.Read(asked.Network);
        LutNode[] nodes = [.. network.Nodes.OfType<LutNode>()];
        if (asked.Patterns.Length > 0)
            nodes = Matching(asked.Patterns, nodes);
        LayerFit.Check(core, asked.Network, nodes.Select(n => (n.Name, n.Layer)));
        var rows = LayerRows.Load(run, data, sequences, asked.Network, network, asked.Images);
        LayerData[] layers = [.. rows.Layers.Where(l => nodes.Any(n => n.Name == l.Name))];
        run.Cancellation.ThrowIfCancellationRequested();
        var files = HandoffFolder.Of(core, TemplateRenderer.Default, layers, withBeatJson: true);
        OutputFolder.Replace(asked.Target, files);
        run.Terminal.Line(
            $"{core.TopName}: {Figures.Count(layers.Length, "layer")}, {Figures.Count(files.Count, "file")} in {asked.Target}; " +
            "make in that folder runs them.");
        return new(ExitCode.Success, new
        {
            Folder = Path.GetFullPath(asked.Target), Top = core.TopName, Images = rows.Count,
            Layers = layers.Select(l => new { l.Name, l.Shape }),
            Files = files.Select(f => f.Path),
        });
    }

    private static LutNode[] Matching(string[] patterns, LutNode[] nodes)
    {
        string[] names = [.. nodes.Select(n => n.Name)];
        InputProblem[] problems = [.. patterns.Where(p => !names.Any(name => LayerPattern.Matches(p, name))).Select(Unmatched)];
        return problems.Length == 0
            ? [.. nodes.Where(n => patterns.Any(p => LayerPattern.Matches(p, n.Name)))]
            : throw new InvalidInputException(problems);

        InputProblem Unmatched(string pattern) => new(
            "command line", "--layer", pattern, "matches no LUT layer of the network.",
            Spelling.Suggest(pattern, names, $"It has {string.Join(", ", names)}."));
    }
}
