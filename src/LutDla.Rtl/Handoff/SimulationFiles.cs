using LutDla.Hardware;
using LutDla.Hardware.Integration;
using LutDla.Hardware.Modules;
using LutDla.Mapping;
using LutDla.Rtl.Handoff.Vectors;
using LutDla.Rtl.Rendering;

namespace LutDla.Rtl.Handoff;

/// <summary>
/// What a hand-off folder holds for simulation alone: checker, test bench, the vectors of some layers, a makefile that runs them.
/// </summary>
internal static class SimulationFiles
{
    /// <summary>The modules; no synthesis should see them.</summary>
    public static IReadOnlyList<HandoffFile> Sources(Core core, TemplateRenderer templates)
    {
        var bench = new Bench(core);
        return
        [
            .. new Module[] { bench, bench.Checker, bench.Source, bench.Sink }
                .Select(module => new DesignRenderer(templates).Render(core.Name, module))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new HandoffFile($"sim/{file.Name}", file.Text)),
        ];
    }

    /// <param name="layers">With names that are legal for nodes of a network, hence for folders and make.</param>
    public static IReadOnlyList<HandoffFile> Vectors(Core core, IEnumerable<LayerData> layers, bool withBeatJson) =>
    [
        .. layers.SelectMany(
            layer => LayerVectors.Of(core, layer, withBeatJson).Select(f => f with { Path = $"sim/vectors/{layer.Name}/{f.Path}" })),
    ];

    public static HandoffFile Makefile(
        Core core, IReadOnlyList<HandoffFile> sources, IEnumerable<LayerData> layers, TemplateRenderer templates) =>
        new("Makefile", templates.Render("bench/makefile.scriban", new
        {
            core.Name,
            Top = core.TopName,
            Bench = new Bench(core).NameIn(core.Name),
            BenchSources = sources.Select(f => f.Path).ToArray(),
            Layers = layers.Select(l => l.Name).ToArray(),
        }));
}
