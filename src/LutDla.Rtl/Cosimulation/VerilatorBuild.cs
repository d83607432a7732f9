using LutDla.Hardware;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation;

/// <summary>Compiles a design and the harness around it to a program, once for every distinct content.</summary>
internal sealed class VerilatorBuild(DesignUnderTest design, SimulatorEffort effort, Tracing tracing, ContentCache cache)
{
    public const string Executable = "simulator";

    private const string Waivers = "lint/waivers.vlt";

    // What the harness of every design includes.
    private static readonly string[] Headers = ["settings.h", "port.h", "stalls.h", "streams.h"];

    public async Task<CachedFolder> RunAsync(CancellationToken cancellation)
    {
        var harness = TemplateRenderer.Default.Render("cosim/stream_harness.cpp.scriban", new
        {
            design.Top,
            Inputs = design.StreamsOf(StreamRole.Input),
            Outputs = design.StreamsOf(StreamRole.Output),
            Monitors = design.StreamsOf(StreamRole.Monitor),
            design.HasEnd,
        });
        var toolchain = await VerilatedRuntime.ToolchainAsync(cancellation);
        var key = ContentHash.Of(
            [
                toolchain, harness, .. Headers.Select(HeaderText), .. WaiverTexts(), .. TranslationArguments(), .. CompilationArguments(),
                .. ContentHash.Parts(design.Files),
            ]);
        return await cache.GetOrBuildAsync(
            "simulators", $"{design.Top}-{key}", folder => BuildAsync(folder, harness, cancellation), cancellation);
    }

    private async Task BuildAsync(string folder, string harness, CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        foreach (var file in design.Files)
            await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, cancellation);
        foreach (var text in WaiverTexts())
            await File.WriteAllTextAsync(scratch.File("waivers.vlt"), text, cancellation);
        await File.WriteAllTextAsync(scratch.File("harness.cpp"), harness, cancellation);
        foreach (var header in Headers)
            await File.WriteAllTextAsync(scratch.File(header), HeaderText(header), cancellation);

        await ExternalTool.Verilator.RunAsync(scratch.Path, TranslationArguments(), cancellation);
        await new VerilatedRuntime(tracing != Tracing.None, design.CountsCode, cache)
            .CompileAsync(scratch.File("obj"), CompilationArguments(), cancellation);
        File.Move(scratch.File("obj/Vdut"), Path.Combine(folder, Executable));
    }

    private static string HeaderText(string name) => TemplateRenderer.Default.Copy($"cosim/{name}");

    // A waiver list holds messages by their text, so one list serves every design. It must come before the files that it waives.
    private string[] WaiverTexts() =>
        design.IsNetlist || !TemplateRenderer.Default.Has(Waivers) ? [] : [TemplateRenderer.Default.Copy(Waivers)];

    private string[] TranslationArguments() =>
    [
        "--cc", "--exe", "-O3", "--no-timing",
        "--x-initial", "unique", "--x-assign", "unique", // what nobody wrote is random, so that relying on it shows
        .. design.IsNetlist ? new[] { "-Wno-fatal", "-Wno-lint", "-Wno-style" } : ["-Wall"],
        .. design.CountsCode ? new[] { "--coverage-line", "--coverage-toggle" } : [],
        .. tracing switch
        {
            Tracing.None => Array.Empty<string>(),
            Tracing.Ports => ["--trace", "--trace-max-width", "0", "--trace-depth", "1"],
            _ => ["--trace", "--trace-max-width", "0", "--trace-max-array", "256"],
        },
        "--Mdir", "obj", "--prefix", "Vdut", "--top-module", design.Top,
        .. WaiverTexts().Select(_ => "waivers.vlt"),
        .. design.Files.Select(f => f.Name),
        "harness.cpp",
    ];

    private string[] CompilationArguments() => effort switch
    {
        SimulatorEffort.QuickBuild => ["OPT_FAST=-O0", "OPT_SLOW=-O0"],
        SimulatorEffort.QuickRun => ["OPT_FAST=-O2", "OPT_SLOW=-O0"],
        _ => throw new InvalidOperationException($"No compiler options are known for the effort {effort}."),
    };
}
