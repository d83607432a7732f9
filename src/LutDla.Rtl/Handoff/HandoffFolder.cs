using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Integration;
using LutDla.Mapping;
using LutDla.Rtl.Rendering;

namespace LutDla.Rtl.Handoff;

/// <summary>
/// All that an FPGA or ASIC flow takes of a core: sources, file list, FuseSoC core, waivers, configuration, memories; and a test bench
/// with its vectors.
/// </summary>
public static class HandoffFolder
{
    private const string Waivers = "lint/waivers.vlt";

    /// <summary>Of the generator, as it stands in the files.</summary>
    public static string Version { get; } = typeof(HandoffFolder).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>With a test bench that plays a small layer of drawn numbers. Pure; the manifest comes last.</summary>
    /// <param name="more">Other files that shall lie there.</param>
    public static IReadOnlyList<HandoffFile> Of(Core core, TemplateRenderer templates, params HandoffFile[] more) =>
        Of(core, templates, [ExampleVectors.Of(core)], withBeatJson: false, more);

    /// <summary>With a test bench that plays some layers.</summary>
    /// <param name="layers">At least one; layers that the core can run, each with a name of its own that is legal for a node.</param>
    /// <param name="withBeatJson">Every beat of them, taken apart, too.</param>
    /// <param name="more">Other files that shall lie there.</param>
    public static IReadOnlyList<HandoffFile> Of(
        Core core, TemplateRenderer templates, IReadOnlyList<LayerData> layers, bool withBeatJson, params HandoffFile[] more)
    {
        HandoffFile[] sources = [.. new DesignRenderer(templates).Render(core).Select(f => new HandoffFile($"rtl/{f.Name}", f.Text))];
        HandoffFile[] waivers = templates.Has(Waivers) ? [new(Waivers, templates.Copy(Waivers))] : [];
        var simulation = SimulationFiles.Sources(core, templates);
        var vectors = SimulationFiles.Vectors(core, layers, withBeatJson);
        var model = new
        {
            core.Name,
            Top = core.TopName,
            Version,
            Sources = sources.Select(f => f.Path).ToArray(),
            Waivers = waivers.Select(f => f.Path).ToArray(),
            Bench = new Bench(core).NameIn(core.Name),
            BenchSources = simulation.Select(f => f.Path).ToArray(),
            Vectors = vectors.Select(f => f.Path).Where(path => IsReadBy(layers[0].Name, path)).ToArray(),
        };
        HandoffFile[] files =
        [
            .. sources,
            .. waivers,
            new($"{core.Name}.f", templates.Render("handoff/sources.f.scriban", model)),
            new($"{core.Name}.core", templates.Render("handoff/fusesoc.core.scriban", model)),
            new("design.json", DesignFile.Format(core.Config)),
            MemoryList.Of(core),
            .. simulation,
            .. vectors,
            SimulationFiles.Makefile(core, simulation, layers, templates),
            .. more,
        ];
        return [.. files, Manifest.Of(core.TopName, Version, files)];
    }

    // FuseSoC lays the files of one layer into the folder that the test bench runs in.
    private static bool IsReadBy(string layer, string path) =>
        path.StartsWith($"sim/vectors/{layer}/", StringComparison.Ordinal) && path.EndsWith(".hex", StringComparison.Ordinal);
}
