using System.CommandLine;
using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz;

/// <summary>The fuzzer as a program: see scripts/fuzz.sh.</summary>
internal static class FuzzProgram
{
    private static readonly Option<long> Inputs = new("--inputs") { DefaultValueFactory = _ => 100_000, Description = "Inputs to run in process." };

    private static readonly Option<long> Processes = new("--processes") { DefaultValueFactory = _ => 1_000, Description = "Inputs to run as processes." };

    private static readonly Option<long> Seed = new("--seed") { DefaultValueFactory = _ => 1, Description = "Number of the first input." };

    private static readonly Option<long?> Replay = new("--replay") { Description = "Run the input of this number alone, and show how it ended." };

    private static readonly Option<string> Faults = new("--faults") { DefaultValueFactory = _ => "build/fuzz", Description = "Folder for inputs that fail." };

    // Of a process that does part of the work.
    private static readonly Option<bool> Part = new("--part") { Hidden = true };

    public static Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Looks for inputs that end in an unhandled exception.") { Inputs, Processes, Seed, Replay, Faults, Part };
        root.SetAction((parse, _) => parse.GetValue(Replay) is { } number
            ? ReplayAsync(number)
            : parse.GetValue(Part)
                ? Worker.RunAsync(parse.GetValue(Seed), parse.GetValue(Inputs), parse.GetRequiredValue(Faults))
                : Supervisor.RunAsync(parse.GetValue(Seed), parse.GetValue(Inputs), parse.GetValue(Processes), parse.GetRequiredValue(Faults)));
        return root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> ReplayAsync(long number)
    {
        using var seeds = await SeedFolder.CreateAsync();
        Campaign.HideTools(seeds.File("cache"));
        var verdict = await new Campaign(seeds, CommandRun.InProcessAsync).RunAsync(number);
        Console.WriteLine($"{verdict.Input.Target.Name}: lutdla {string.Join(' ', verdict.Input.Arguments)}");
        Console.WriteLine($"exit code {verdict.End.ExitCode} after {verdict.End.Time.TotalSeconds:F1} s\n{verdict.End.Output}\n{verdict.End.Error}");
        Console.WriteLine(verdict.Fault ?? "as it may be");
        return verdict.Fault is null ? 0 : 1;
    }
}
