using System.CommandLine;
using LutDla.Cli.Output;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Rendering;

namespace LutDla.Cli.Commands;

/// <summary>Renders a configuration into a hand-off folder.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var target = Options.Path(
            "--out", PathUse.IsReplaced, "FOLDER", "Folder to write; replaced if it holds only what lutdla generated.");
        return CommandRun.Define(
            "generate",
            "Renders a design configuration: Verilog, file list, FuseSoC core, list of memories, and a manifest with hashes.",
            "lutdla generate --config configs/edge.json --out build/edge",
            [config, target],
            run => Task.FromResult(Run(run, run.Get(config), run.GetOutputFolder(target))));
    }

    private static Outcome Run(CommandRun run, string config, string target)
    {
        var core = Core.From(DesignFile.Load(config));
        var files = HandoffFolder.Of(core, TemplateRenderer.Default);
        run.Cancellation.ThrowIfCancellationRequested();
        OutputFolder.Replace(target, files);
        run.Terminal.Line(
            $"{core.TopName}: {Figures.Count(files.Count, "file")} in {target}, {Figures.Count(core.LookupsPerCycle, "lookup")} a cycle.");
        var widePorts = WidePort.Of(core);
        foreach (var port in widePorts)
            run.Terminal.Line($"warning: {port.Warning}");
        return new(ExitCode.Success, new
        {
            Folder = Path.GetFullPath(target), Top = core.TopName, core.LookupsPerCycle,
            Files = files.Select(f => f.Path), Warnings = widePorts,
        });
    }
}
