using System.Text.Json;
using LutDla.Boundary;
using LutDla.Exploration.Netlists;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>
/// Maps a design to a technology with Yosys and counts what comes out. A design that was mapped once is not mapped again.
/// </summary>
public static class YosysSynthesis
{
    private const string CellDeclarations = "cell_declarations.v";
    private const string Buffers = "buffers.json";

    /// <exception cref="ToolException">
    /// Yosys is missing, refused the design, left over what the technology has no cell for, or ran out of time.
    /// </exception>
    /// <exception cref="InvalidInputException">
    /// The design has latches, the library prices them at 0, and the target names no price.
    /// </exception>
    public static async Task<MappedDesign> RunAsync(SynthesisRequest request, ContentCache cache, CancellationToken cancellation = default)
    {
        var cells = request.Target.Library is { } library ? new TechnologyCells(request.Target, library) : null;
        VerilogFile[] inputs = [.. Inputs(request, cells)];
        var script = YosysScript.Of(request, request.Files.Select(f => f.Name), cells is null ? null : CellDeclarations, cells);
        var version = await request.Yosys.VersionAsync(cancellation);

        var folder = await cache.GetOrBuildAsync(
            "netlists", $"{request.Top}-{ContentHash.Of([version, script, .. ContentHash.Parts(inputs)])}", async result =>
        {
            using var scratch = new ScratchFolder();
            foreach (var file in inputs)
                await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, cancellation);
            await RunYosysAsync(request, scratch, script, cancellation);
            await BufferAsync(request, cells, scratch, cancellation);
            string[] results = [YosysScript.Netlist, YosysScript.BlackBoxes, YosysScript.Statistics, YosysScript.Memories, Buffers];
            foreach (var name in results)
                File.Move(scratch.File(name), Path.Combine(result, name));
        }, cancellation);

        var report = new SynthesisReportBuilder(
            request, YosysStatistics.Read(Path.Combine(folder.Path, YosysScript.Memories)), ReadMapped(folder.Path, cells)).Build();
        CheckLatchPrice(request, report);
        return new MappedDesign(
            report, Path.Combine(folder.Path, YosysScript.Netlist), Path.Combine(folder.Path, YosysScript.BlackBoxes), request.Target);
    }

    private static async Task BufferAsync(
        SynthesisRequest request, TechnologyCells? cells, ScratchFolder scratch, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, int> added = new Dictionary<string, int>();
        if (request.Target.Library is { } library && cells?.Buffer is { } buffer)
        {
            var netlist = Netlist.Parse(await File.ReadAllTextAsync(scratch.File(YosysScript.Netlist), cancellation));
            var blackBoxes = Netlist.Parse(await File.ReadAllTextAsync(scratch.File(YosysScript.BlackBoxes), cancellation));
            added = NetBuffering.Insert(netlist, blackBoxes, library, buffer);
            await File.WriteAllTextAsync(scratch.File(YosysScript.Netlist), netlist.ToString(), cancellation);
        }

        await File.WriteAllTextAsync(scratch.File(Buffers), JsonSerializer.Serialize(added), cancellation);
    }

    // What Yosys counted, and the buffers that came after it.
    private static IReadOnlyDictionary<string, YosysModule> ReadMapped(string folder, TechnologyCells? cells)
    {
        var counted = YosysStatistics.Read(Path.Combine(folder, YosysScript.Statistics));
        if (cells?.Buffer is not { } buffer)
            return counted;
        var added = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(folder, Buffers))) ?? [];
        return counted.ToDictionary(m => m.Key, m => added.TryGetValue(m.Key, out var more) ? m.Value.With(buffer.Name, more) : m.Value);
    }

    private static async Task RunYosysAsync(SynthesisRequest request, ScratchFolder scratch, string script, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(scratch.File("synthesis.ys"), script, cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(request.TimeLimit);
        try
        {
            await request.Yosys.RunAsync(scratch.Path, ["-q", "-s", "synthesis.ys"], limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ToolException(
                $"{request.Top}: synthesis took longer than {request.TimeLimit}; large sums of products can hang its technology mapper.",
                e);
        }
    }

    private static IEnumerable<VerilogFile> Inputs(SynthesisRequest request, TechnologyCells? cells)
    {
        if (cells is null)
            return request.Files;
        return
        [
            .. CellVerilog.InPlaceOfModules(cells, request),
            new VerilogFile(CellDeclarations, CellVerilog.Declarations(cells)),
            new VerilogFile(YosysScript.LatchMap, CellVerilog.LatchMap(cells)),
            new VerilogFile(YosysScript.FullAdderMap, CellVerilog.FullAdderMap(cells)),
            new VerilogFile(YosysScript.MappingLibrary, cells.MappingText()),
            new VerilogFile(YosysScript.Constraints, cells.Buffer is { } buffer ? $"set_driving_cell {buffer.Name}\nset_load 10.0\n" : ""),
        ];
    }

    private static void CheckLatchPrice(SynthesisRequest request, SynthesisReport report)
    {
        var free = report.CellTypes.Keys.FirstOrDefault(
            c => request.Target.Library?.Cells.GetValueOrDefault(c) is { IsLatch: true, Area: 0 });
        if (free is not null && request.Target.LatchArea is null)
        {
            throw new InvalidInputException(
                request.Target.Name, free, "area 0", "The library does not price its latch, so an area would be wrong.",
                "Give a latch area, or choose memories of flip-flops.");
        }
    }
}
