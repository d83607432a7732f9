using System.CommandLine;
using System.CommandLine.Help;
using LutDla.Cli.Commands;
using LutDla.Cli.Output;

namespace LutDla.Cli;

/// <summary>The <c>lutdla</c> command: all subcommands, and what becomes of a command line that does not parse.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var interrupt = new Interrupt();
        var parse = Root().Parse(arguments);
        if (parse.Errors.Count > 0)
        {
            new Terminal(Console.Error).Problems(ParseProblems.Of(parse));
            return (int)ExitCode.BadInput;
        }

        // Exceptions and Ctrl-C are turned into exit codes by CommandRun, in one place for all commands.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parse.InvokeAsync(configuration, interrupt.Token);
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("From a trained network to a lookup-table accelerator in Verilog, proven equal to its golden model.")
        {
            DoctorCommand.Create(),
            TrainCommand.Create(),
            InspectCommand.Create(),
            ConvertCommand.Create(),
            SensitivityCommand.Create(),
            InferCommand.Create(),
            GenerateCommand.Create(),
            ScheduleCommand.Create(),
            SimulateCommand.Create(),
            VerifyCommand.Create(),
            SynthCommand.Create(),
            ReportCommand.Create(),
            SchemaCommand.Create(),
        };
        root.Add(CommonOptions.Json);
        root.Add(CommonOptions.Seed);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExample((HelpAction)(help.Action ?? new HelpAction()));
        return root;
    }
}
