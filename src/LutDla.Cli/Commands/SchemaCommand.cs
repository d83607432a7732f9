using System.CommandLine;
using System.Text;
using LutDla.Boundary;
using LutDla.Hardware.Configuration;

namespace LutDla.Cli.Commands;

/// <summary>Writes the JSON Schema of configuration files.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var target = new PathOption<string?>("--out", PathUse.IsWritten)
        {
            HelpName = "FILE", Description = "File to write; left out, the schema is printed.",
        };
        return CommandRun.Define(
            "schema",
            "Writes the JSON Schema of design configurations.",
            "lutdla schema --out docs/design.schema.json",
            [target],
            run => Task.FromResult(Run(run, run.FindOutput(target))));
    }

    private static Outcome Run(CommandRun run, string? target)
    {
        var text = DesignSchema.Text();
        if (target is null)
            run.Terminal.Text(text);
        else
            AtomicFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return new(ExitCode.Success, new { File = target });
    }
}
