using System.Globalization;
using LutDla.Hardware;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation;

/// <summary>One run of a compiled harness: stimuli to files, arguments, results from files.</summary>
internal sealed class HarnessProcess(DesignUnderTest design, string executable, string folder)
{
    private const int DesignFailed = 1;

    public async Task<SimulationRun> RunAsync(SimulationRequest request, IReadOnlyList<string> traceArguments, CancellationToken cancellation)
    {
        CheckStreams(request);
        foreach (var (name, beats) in request.Stimuli)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.in"), beats.Memory, cancellation);

        var tool = new ExternalTool(executable, "");
        string[] arguments = [.. Arguments(request), .. traceArguments];
        var output = await tool.TryRunAsync(folder, arguments, cancellation);
        if (output.ExitCode is not (0 or DesignFailed))
            throw tool.Failure(folder, arguments, output);

        var run = new SimulationRun(Cycles(output.StandardOutput), ReadStreams(request), output.Elapsed);
        return output.ExitCode == DesignFailed ? throw new SimulationFailedException(Reason(output), run) : run;
    }

    private IEnumerable<string> Arguments(SimulationRequest request)
    {
        var stalls = request.Stalls;
        return
        [
            "--folder", folder, "--budget", $"{request.CycleBudget}", "--drain", $"{request.DrainCycles}",
            "--seed", $"{stalls.Seed}", "--stall", $"{stalls.StallPermille}",
            "--burst", $"{stalls.BurstPermille}", "--burst-cycles", $"{stalls.BurstCycles}",
            .. request.Expected.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => new[] { "--expect", $"{e.Key}={e.Value}" }),
            .. request.ProbeHandshake ? new[] { "--probe" } : [],
            "+verilator+rand+reset+2", $"+verilator+seed+{request.PowerUpSeed}",
        ];
    }

    private void CheckStreams(SimulationRequest request)
    {
        var inputs = design.StreamsOf(StreamRole.Input).ToDictionary(s => s.Name, s => s.PayloadBits, StringComparer.Ordinal);
        foreach (var (name, beats) in request.Stimuli)
        {
            if (!inputs.TryGetValue(name, out var bits) || bits != beats.PayloadBits)
                throw new ToolException($"{design.Top} has no input stream {name} of {beats.PayloadBits} bits.");
        }
    }

    // What the design printed before it ended the simulation says more than that it did.
    private static string Reason(ToolOutput output)
    {
        string[] printed = [.. output.StandardOutput.TrimEnd().Split('\n').SkipLast(1).Where(line => !line.StartsWith("- ", StringComparison.Ordinal))];
        return printed.Length > 0 ? string.Join('\n', printed) : output.StandardError.Trim();
    }

    private static long Cycles(string standardOutput)
    {
        var last = standardOutput.TrimEnd().Split('\n')[^1].Split(' ');
        return last is ["cycles", var count]
            ? long.Parse(count, CultureInfo.InvariantCulture)
            : throw new ToolException($"The simulator did not print its cycles but: {standardOutput}");
    }

    private Dictionary<string, TransferLog> ReadStreams(SimulationRequest request) => design.Streams.ToDictionary(s => s.Name, s => s.Role switch
    {
        StreamRole.Input => new TransferLog(s.Name, ResultFile.ReadCycles(Path.Combine(folder, $"{s.Name}.taken")),
            request.Stimuli.GetValueOrDefault(s.Name) ?? new BeatList(s.PayloadBits)),
        StreamRole.Output or StreamRole.Monitor => ResultFile.ReadTransfers(Path.Combine(folder, $"{s.Name}.out"), s),
        _ => throw new InvalidOperationException($"No result file is known for the role {s.Role}."),
    }, StringComparer.Ordinal);
}
