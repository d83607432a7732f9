using LutDla.Cli.Output;
using LutDla.Exploration.Memories;

namespace LutDla.Cli.Commands;

/// <summary>Learns what memory macros cost by words and bits of a word.</summary>
internal static class MemoryCalibration
{
    public static Outcome Run(CommandRun run, string file, string family, SramPorts ports, string prefix, string target)
    {
        var table = SramTable.Load(file);
        var model = SramFit.Of(table, family, prefix, ports);
        SramModelFile.Write(target, model);
        var view = new MemoryModelTable(model);
        view.Show(run.Terminal);
        run.Terminal.Line($"written: {target}");
        return new(ExitCode.Success, view.ForJson);
    }
}
