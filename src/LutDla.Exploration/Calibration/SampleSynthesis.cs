using System.Text;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Calibration;

/// <summary>Synthesises modules alone: what they instantiate is a black box, so that each counts what is its own.</summary>
public sealed class SampleSynthesis(SynthesisTarget target, ContentCache cache)
{
    private const string Top = "calibration_top";

    private readonly DesignRenderer _renderer = new(TemplateRenderer.Default);

    /// <summary>The area of each sample, in the unit of the library.</summary>
    /// <exception cref="ToolException">Yosys is missing, refused a module or ran out of time.</exception>
    public async Task<IReadOnlyList<double>> AreasAsync(IReadOnlyList<ModuleSample> samples, CancellationToken cancellation)
    {
        var report = (await YosysSynthesis.RunAsync(Request(samples), cache, cancellation)).Report;
        return
        [
            .. samples.Select((sample, i) => report.Modules
                .Where(row => row.Module.Split(' ')[0] == sample.Module.NameIn(Design(i)))
                .Select(row => row.AreaPerInstance)
                .SingleOrDefault() ?? throw new ToolException($"{sample.Kind}: synthesis gave no area.")),
        ];
    }

    private SynthesisRequest Request(IReadOnlyList<ModuleSample> samples)
    {
        var top = new StringBuilder($"module {Top} ();\n");
        var files = new List<VerilogFile>();
        var blackBoxes = new List<string>();
        foreach (var (i, sample) in samples.Index())
        {
            var (design, module) = (Design(i), sample.Module);
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
