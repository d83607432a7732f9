using System.CommandLine;
using System.Text;
using LutDla.Boundary;
using LutDla.Exploration.Spaces;
using LutDla.Hardware.Configuration;

namespace LutDla.Cli.Commands;

/// <summary>Writes the JSON Schema of files that users write.</summary>
internal static class SchemaCommand
{
    private enum Kind
    {
        Design,
        Space,
    }

    public static Command Create()
    {
        var kind = Options.OptionalChoice(
            "--of", "Files that it is of; left out: design.", Enum.GetValues<Kind>(), k => $"{k}".ToLowerInvariant());
        var target = new PathOption<string?>("--out", PathUse.IsWritten)
        {
            HelpName = "FILE", Description = "File to write; left out, the schema is printed.",
        };
        return CommandRun.Define(
            "schema",
            "Writes the JSON Schema of design configurations, or of spaces of designs.",
            "lutdla schema --out docs/design.schema.json",
            [kind, target],
            run => Task.FromResult(Run(run, run.Find(kind) ?? Kind.Design, run.FindOutput(target))));
    }

    private static Outcome Run(CommandRun run, Kind kind, string? target)
    {
        var text = kind == Kind.Design ? DesignSchema.Text() : SpaceSchema.Text();
        if (target is null)
            run.Terminal.Text(text);
        else
            AtomicFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return new(ExitCode.Success, new { File = target });
    }
}
