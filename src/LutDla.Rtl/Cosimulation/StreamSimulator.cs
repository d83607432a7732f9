using System.Diagnostics;
using LutDla.Boundary;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation;

/// <summary>A design compiled with the harness that drives its streams. Each run is a process of its own; runs may overlap.</summary>
public sealed class StreamSimulator
{
    private readonly DesignUnderTest _design;
    private readonly ContentCache _cache;
    private readonly string _folder;

    private StreamSimulator(DesignUnderTest design, ContentCache cache, CachedFolder built, TimeSpan buildTime)
    {
        (_design, _cache, _folder) = (design, cache, built.Path);
        (WasCached, BuildTime) = (built.WasCached, buildTime);
    }

    /// <summary>This content had been built before.</summary>
    public bool WasCached { get; }

    /// <summary>Of translating and compiling, or of finding the earlier build.</summary>
    public TimeSpan BuildTime { get; }

    /// <exception cref="ToolException">Verilator or the compiler is missing, or refused the design: warnings are errors.</exception>
    public static async Task<StreamSimulator> BuildAsync(
        DesignUnderTest design, SimulatorEffort effort, ContentCache cache, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var built = await new VerilatorBuild(design, effort, Tracing.None, cache).RunAsync(cancellation);
        return new StreamSimulator(design, cache, built, clock.Elapsed);
    }

    /// <exception cref="SimulationFailedException">The design failed; what passed until then comes with it.</exception>
    /// <exception cref="ToolException">The request does not fit the streams, or the simulator crashed.</exception>
    public async Task<SimulationRun> RunAsync(SimulationRequest request, CancellationToken cancellation = default)
    {
        using var scratch = new ScratchFolder();
        var process = new HarnessProcess(_design, Path.Combine(_folder, VerilatorBuild.Executable), scratch.Path);
        return await process.RunAsync(request, [], cancellation);
    }

    /// <summary>
    /// Runs a request again in a build with tracing (made on the first call) and writes a window of it as a VCD file. The same
    /// stimuli and seeds give the same cycles, unless the design depends on values that it never wrote.
    /// </summary>
    /// <param name="tracing">What goes into it: not nothing.</param>
    /// <returns>Why the run failed up to the end of the window, or nothing: a failure is what a trace is for, no exception.</returns>
    public async Task<string?> TraceAsync(
        SimulationRequest request, TraceWindow window, string vcdFile, Tracing tracing = Tracing.All,
        CancellationToken cancellation = default)
    {
        var built = await new VerilatorBuild(_design, SimulatorEffort.QuickBuild, tracing, _cache).RunAsync(cancellation);
        using var scratch = new ScratchFolder();
        var written = scratch.File("trace.vcd");
        var process = new HarnessProcess(_design, Path.Combine(built.Path, VerilatorBuild.Executable), scratch.Path);
        try
        {
            await process.RunAsync(
                request, ["--trace", written, "--trace-from", $"{window.FromCycle}", "--trace-to", $"{window.ToCycle}"], cancellation);
            return null;
        }
        catch (SimulationFailedException e)
        {
            return e.Message;
        }
        finally
        {
            if (File.Exists(written))
                AtomicFile.Copy(written, vcdFile);
        }
    }
}
