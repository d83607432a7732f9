using System.CommandLine;
using System.CommandLine.Help;
using LutDla.Boundary;
using LutDla.Cli.Commands;
using LutDla.Cli.Output;

namespace LutDla.Cli;

/// <summary>The <c>lutdla</c> command: all subcommands, and what becomes of a command line that does not parse.</summary>
internal static class CommandLine
{
    /// <summary>Turns every end, exceptions and signals included, into an exit code: in one place for all commands.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var interrupt = new Interrupt();
        OtherEnd.WaitUntil(interrupt.Token);
        try
        {
            return await RunAsync(arguments, interrupt.Token);
        }
        catch (Exception error) when (Failure.Of(error, interrupt) is { } failure)
        {
            new Terminal(Console.Error).Failure(failure);
            return (int)failure.ExitCode;
        }
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var parse = Root().Parse(arguments);
        if (parse.Errors.Count > 0)
        {
            new Terminal(Console.Error).Problems(ParseProblems.Of(parse));
            return (int)ExitCode.BadInput;
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parse.InvokeAsync(configuration, cancellation);
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
            ExportCommand.Create(),
            ScheduleCommand.Create(),
            EstimateCommand.Create(),
            ExploreCommand.Create(),
            SimulateCommand.Create(),
            VerifyCommand.Create(),
            SynthCommand.Create(),
            CalibrateCommand.Create(),
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
