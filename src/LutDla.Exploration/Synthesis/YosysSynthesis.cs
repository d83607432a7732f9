using LutDla.Boundary;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>Maps a design to a technology with Yosys and counts what comes out. A design that was mapped once is not mapped again.</summary>
public static class YosysSynthesis
{
    private const string ClockGateDeclaration = "clock_gate_cell.v";

    /// <exception cref="ToolException">Yosys is missing, refused the design, left over what the technology has no cell for, or ran out of time.</exception>
    /// <exception cref="InvalidInputException">The design has latches, the library prices them at 0, and the target names no price.</exception>
    public static async Task<MappedDesign> RunAsync(SynthesisRequest request, ContentCache cache, CancellationToken cancellation = default)
    {
        var cells = request.Target.Library is { } library ? new TechnologyCells(request.Target, library) : null;
        VerilogFile[] inputs = [.. Inputs(request, cells)];
        var script = YosysScript.Of(request, inputs.Where(f => f.Name.EndsWith(".v", StringComparison.Ordinal) && f.Name != YosysScript.LatchMap).Select(f => f.Name), BlackBoxFiles(request, cells), cells);
        var version = await ExternalTool.Yosys.VersionAsync("-V", cancellation);

        var folder = await cache.GetOrBuildAsync("netlists", $"{request.Top}-{ContentHash.Of([version, script, .. ContentHash.Parts(inputs)])}", async result =>
        {
            using var scratch = new ScratchFolder();
            foreach (var file in inputs)
                await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, cancellation);
            await RunYosysAsync(request, scratch, script, cancellation);
            foreach (var name in new[] { YosysScript.Netlist, YosysScript.Statistics, YosysScript.Memories })
                File.Move(scratch.File(name), Path.Combine(result, name));
        }, cancellation);

        var report = new SynthesisReportBuilder(
            request,
            YosysStatistics.Read(Path.Combine(folder.Path, YosysScript.Memories)),
            YosysStatistics.Read(Path.Combine(folder.Path, YosysScript.Statistics))).Build();
        CheckLatchPrice(request, report);
        return new MappedDesign(report, Path.Combine(folder.Path, YosysScript.Netlist), request.Target);
    }

    private static async Task RunYosysAsync(SynthesisRequest request, ScratchFolder scratch, string script, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(scratch.File("synthesis.ys"), script, cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(request.TimeLimit);
        try
        {
            await ExternalTool.Yosys.RunAsync(scratch.Path, ["-q", "-s", "synthesis.ys"], limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ToolException($"{request.Top}: synthesis took longer than {request.TimeLimit}; large sums of products can hang its technology mapper.", e);
        }
    }

    private static IEnumerable<VerilogFile> Inputs(SynthesisRequest request, TechnologyCells? cells)
    {
        if (cells is null)
            return request.Files;
        return
        [
            .. cells.WithClockGate(request),
            new VerilogFile(ClockGateDeclaration, cells.ClockGateDeclaration()),
            new VerilogFile(YosysScript.LatchMap, cells.LatchMap()),
            new VerilogFile(YosysScript.MappingLibrary, cells.MappingText()),
            new VerilogFile(YosysScript.Constraints, cells.Driver is { } driver ? $"set_driving_cell {driver.Name}\nset_load 10.0\n" : ""),
        ];
    }

    private static IReadOnlyList<string> BlackBoxFiles(SynthesisRequest request, TechnologyCells? cells) =>
        [.. request.BlackBoxes.Select(module => $"{module}.v"), .. cells is null ? Array.Empty<string>() : [ClockGateDeclaration]];

    private static void CheckLatchPrice(SynthesisRequest request, SynthesisReport report)
    {
        var free = report.CellTypes.Keys.FirstOrDefault(c => request.Target.Library?.Cells.GetValueOrDefault(c) is { IsLatch: true, Area: 0 });
        if (free is not null && request.Target.LatchArea is null)
        {
            throw new InvalidInputException(request.Target.Name, free, "area 0", "The library does not price its latch, so an area would be wrong.",
                "Give a latch area, or choose memories of flip-flops.");
        }
    }
}
