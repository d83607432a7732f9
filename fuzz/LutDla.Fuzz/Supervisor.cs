using System.Text;
using System.Text.Json;
using CliWrap;
using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz;

/// <summary>Has inputs run by workers, starts another where one has died, and counts.</summary>
internal sealed class Supervisor(SeedFolder seeds, string faults)
{
    // Enough for what a few kilobytes may ask for; what takes more ends with a fault.
    private const string WorkerHeapBytes = "0x60000000";

    private const int ShownEvery = 10_000;

    private static readonly TimeSpan LongestInput = TimeSpan.FromMinutes(10);

    private readonly Tally _tally = new();

    public static async Task<int> RunAsync(long seed, long inputs, long processes, string faults)
    {
        using var seeds = await SeedFolder.CreateAsync();
        var supervisor = new Supervisor(seeds, Path.GetFullPath(faults));
        await supervisor.InProcessAsync(seed, seed + inputs);
        await supervisor.AsProcessesAsync(seed + inputs, processes);
        supervisor._tally.Show(Console.Out);
        return supervisor._tally.Faults == 0 ? 0 : 1;
    }

    private async Task InProcessAsync(long first, long end)
    {
        while (first < end)
            first = await WorkAsync(first, end - first);
    }

    // Returns the number of the next input: after the last, or after that of which the worker died.
    private async Task<long> WorkAsync(long first, long count)
    {
        using var stop = new CancellationTokenSource(LongestInput);
        var words = new StringBuilder();
        long? open = null;
        var next = first;
        var run = CliWrap.Cli.Wrap(CommandRun.Dotnet)
            .WithArguments([typeof(Supervisor).Assembly.Location, "--part", "--seed", $"{first}", "--inputs", $"{count}", "--faults", faults])
            .WithEnvironmentVariables(e => e.Set("DOTNET_GCHeapHardLimit", WorkerHeapBytes))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Take))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(words));
        var why = "";
        try
        {
            var result = await run.ExecuteAsync(stop.Token);
            why = $"the process died with {result.ExitCode}";
        }
        catch (OperationCanceledException)
        {
            why = $"more than {LongestInput.TotalMinutes} minutes";
        }

        if (open is not { } number)
            return next == first + count ? next : throw new InvalidOperationException($"The fuzzer itself failed before input {next}: {words}");
        var input = FuzzInput.Of(seeds, number);
        new FaultFolder(faults).Keep(input, $"{why}\n{words}");
        _tally.Add(InputEnd.Begun(input) with { IsFault = true });
        return number + 1;

        void Take(string line)
        {
            if (JsonSerializer.Deserialize<InputEnd>(line) is not { } end)
                return;
            stop.CancelAfter(LongestInput);
            open = end.ExitCode is null ? end.Number : null;
            if (open is not null)
                return;
            next = end.Number + 1;
            _tally.Add(end);
            if (_tally.Inputs % ShownEvery == 0)
                Console.WriteLine($"{_tally.Inputs} inputs, {_tally.Faults} faults");
        }
    }

    private async Task AsProcessesAsync(long first, long count)
    {
        Campaign.HideTools(seeds.File("cache"));
        var campaign = new Campaign(seeds, CommandRun.AsProcessAsync);
        for (var number = first; number < first + count; number++)
        {
            var verdict = await campaign.RunAsync(number);
            if (verdict.Fault is not null)
                new FaultFolder(faults).Keep(verdict.Input, verdict.Fault);
            _tally.Add(InputEnd.Of(verdict));
        }
    }
}
