using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Rendering;

namespace LutDla.Rtl.Handoff;

/// <summary>All that an FPGA or ASIC flow takes of a core: sources, file list, FuseSoC core, waivers, configuration, memories, hashes.</summary>
public static class HandoffFolder
{
    private const string Waivers = "lint/waivers.vlt";

    /// <summary>Of the generator, as it stands in the files.</summary>
    public static string Version { get; } = typeof(HandoffFolder).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>A pure function of the core and the templates; the manifest comes last.</summary>
    public static IReadOnlyList<HandoffFile> Of(Core core, TemplateRenderer templates)
    {
        HandoffFile[] sources = [.. new DesignRenderer(templates).Render(core).Select(f => new HandoffFile($"rtl/{f.Name}", f.Text))];
        HandoffFile[] waivers = templates.Has(Waivers) ? [new(Waivers, templates.Copy(Waivers))] : [];
        var model = new
        {
            core.Name,
            Top = core.TopName,
            Version,
            Sources = sources.Select(f => f.Path).ToArray(),
            Waivers = waivers.Select(f => f.Path).ToArray(),
        };
        HandoffFile[] files =
        [
            .. sources,
            .. waivers,
            new($"{core.Name}.f", templates.Render("handoff/sources.f.scriban", model)),
            new($"{core.Name}.core", templates.Render("handoff/fusesoc.core.scriban", model)),
            new("design.json", DesignFile.Format(core.Config)),
            MemoryList.Of(core),
        ];
        return [.. files, Manifest.Of(core.TopName, Version, files)];
    }
}
