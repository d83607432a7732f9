using System.Text;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware.Modules;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Calibration;

/// <summary>Synthesises modules alone: what they instantiate is a black box, so that each counts what is its own.</summary>
public sealed class SampleSynthesis(SynthesisTarget target, ContentCache cache)
{
    private const string Top = "calibration_top";

    private readonly DesignRenderer _renderer = new(TemplateRenderer.Default);

    /// <summary>The cells of each module.</summary>
    /// <exception cref="ToolException">Yosys is missing, refused a module or ran out of time.</exception>
    public async Task<IReadOnlyList<ModuleRow>> RunAsync(IReadOnlyList<Module> samples, CancellationToken cancellation)
    {
        var report = (await YosysSynthesis.RunAsync(Request(samples), cache, cancellation)).Report;
        return
        [
            .. samples.Select((module, i) => report.Modules.SingleOrDefault(row => row.Module.Split(' ')[0] == module.NameIn(Design(i)))
                ?? throw new ToolException($"{module.Name}: synthesis lost it.")),
        ];
    }

    private SynthesisRequest Request(IReadOnlyList<Module> samples)
    {
        var top = new StringBuilder($"module {Top} ();\n");
        var files = new List<VerilogFile>();
        var blackBoxes = new List<string>();
        foreach (var (i, module) in samples.Index())
        {
            var design = Design(i);
            files.AddRange(module.Occurrences().Select(o => o.Module).DistinctBy(m => m.Name).Select(m => _renderer.Render(design, m)));
            blackBoxes.AddRange(module.Children.Select(c => c.Module.NameIn(design)).Distinct());
            var parameters = string.Join(", ", module.Parameters.Select(p => $".{p.Name}({p.Value})"));
            top.Append($"  (* keep *) {module.NameIn(design)} {(parameters.Length == 0 ? "" : $"#({parameters}) ")}u_{i} ();\n");
        }

        files.Add(new VerilogFile($"{Top}.v", top.Append("endmodule\n").ToString()));
        return new() { Top = Top, Files = files, Target = target, BlackBoxes = blackBoxes };
    }

    // Each sample is a design of its own, so that what one instantiates is not taken for a sample of another.
    private static string Design(int sample) => $"s{sample}";
}
