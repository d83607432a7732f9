using System.Globalization;
using LutDla.Hardware;
using LutDla.Hardware.Integration;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation;

/// <summary>One run of a compiled harness: stimuli to files, arguments, results from files.</summary>
internal sealed class HarnessProcess(DesignUnderTest design, string executable, string folder)
{
    private const int DesignFailed = 1;

    public async Task<SimulationRun> RunAsync(
        SimulationRequest request, IReadOnlyList<string> traceArguments, CancellationToken cancellation)
    {
        CheckStreams(request);
        foreach (var (name, beats) in request.Stimuli)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.in"), beats.Memory, cancellation);

        var tool = new ExternalTool(executable, null);
        string[] arguments = [.. Arguments(request), .. traceArguments];
        var output = await tool.TryRunAsync(folder, arguments, cancellation);
        if (output.ExitCode is not (0 or DesignFailed))
            throw tool.Failure(folder, arguments, output);

        var lines = output.StandardOutput.TrimEnd().Split('\n');
        var run = new SimulationRun(Cycles(lines), Streams(s => Read(s, request, "taken", "out")), output.Elapsed)
        {
            BeforeReset = ResetCycle(lines) is { } cycle ? new CutRun(cycle, Streams(s => Read(s, request, "cut", "cut"))) : null,
        };
        return output.ExitCode == DesignFailed ? throw new SimulationFailedException(Reason(lines, output), run) : run;
    }

    private IEnumerable<string> Arguments(SimulationRequest request)
    {
        var stalls = request.Stalls;
        return
        [
            "--folder", folder, "--budget", $"{request.CycleBudget}", "--drain", $"{request.DrainCycles}",
            "--seed", $"{stalls.Seed}", "--stall", $"{stalls.StallPermille}",
            "--burst", $"{stalls.BurstPermille}", "--burst-cycles", $"{stalls.BurstCycles}", "--spread", $"{stalls.SpreadCycles}",
            .. request.Expected.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => new[] { "--expect", $"{e.Key}={e.Value}" }),
            .. request.Port is { } port ? PortArguments(port) : [],
            .. request.ProbeHandshake ? new[] { "--probe" } : [],
            .. request.ResetAt is { } cycle ? new[] { "--reset", $"{cycle}" } : [],
            .. request.CoverageFile is { } file ? new[] { "--coverage", file } : [],
            "+verilator+rand+reset+2", $"+verilator+seed+{request.PowerUpSeed}", .. request.PlusArguments,
        ];
    }

    private static IEnumerable<string> PortArguments(SharedPort port) =>
    [
        "--port-bits", $"{8L * port.BytesPerCycle}", "--port-latency", $"{port.Latency}",
        .. port.BeatBits.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => new[] { "--port", $"{s.Key}={s.Value}" }),
    ];

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
    private static string Reason(string[] lines, ToolOutput output) =>
        lines.FirstOrDefault(line => line.Contains(StreamChecker.Broken, StringComparison.Ordinal)) ?? output.StandardError.Trim();

    private static long Cycles(string[] lines) => Number(lines[^1], "cycles")
        ?? throw new ToolException($"The simulator did not print its cycles but: {string.Join('\n', lines)}");

    private static long? ResetCycle(string[] lines) => lines.Length < 2 ? null : Number(lines[^2], "reset");

    private static long? Number(string line, string word) =>
        line.Split(' ') is [var first, var number] && first == word ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    private Dictionary<string, TransferLog> Streams(Func<StreamPort, TransferLog> read) =>
        design.Streams.ToDictionary(s => s.Name, read, StringComparer.Ordinal);

    private TransferLog Read(StreamPort stream, SimulationRequest request, string inputSuffix, string outputSuffix) => stream.Role switch
    {
        StreamRole.Input => new TransferLog(
            stream.Name, ResultFile.ReadCycles(Path.Combine(folder, $"{stream.Name}.{inputSuffix}")),
            request.Stimuli.GetValueOrDefault(stream.Name) ?? new BeatList(stream.PayloadBits)),
        StreamRole.Output or StreamRole.Monitor => ResultFile.ReadTransfers(Path.Combine(folder, $"{stream.Name}.{outputSuffix}"), stream),
        _ => throw new InvalidOperationException($"No result file is known for the role {stream.Role}."),
    };
}
