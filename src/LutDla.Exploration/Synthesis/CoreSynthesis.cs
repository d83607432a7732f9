using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;
using LutDla.Rtl;

namespace LutDla.Exploration.Synthesis;

/// <summary>How a core is synthesised: its macros as black boxes, and what each of its memories is to become.</summary>
public static class CoreSynthesis
{
    /// <param name="files">The rendered core.</param>
    public static SynthesisRequest Request(Core core, IReadOnlyList<VerilogFile> files, SynthesisTarget target) =>
        Request(core.Name, core.Top, files, target);

    /// <summary>The same of any tree of modules.</summary>
    /// <param name="design">Name of the design that the modules stand in.</param>
    /// <param name="files">The rendered modules.</param>
    public static SynthesisRequest Request(string design, Module top, IReadOnlyList<VerilogFile> files, SynthesisTarget target)
    {
        var modules = top.Occurrences().Select(o => o.Module).ToList();
        MemoryExpectation[] memories =
            [.. modules.OfType<MemoryModule>().Select(m => new MemoryExpectation(m.NameIn(design), m.Style)).Distinct()];
        return new()
        {
            Top = top.NameIn(design),
            Files = files,
            Target = target,
            ClockGate = modules.OfType<ClockGate>().FirstOrDefault()?.NameIn(design),
            BlackBoxes = [.. memories.Where(m => m.Style == MemoryStyle.Macro).Select(m => m.Module)],
            Memories = [.. memories.Where(m => CanBe(m.Style, target))],
        };
    }

    // Only an FPGA has RAM to infer; elsewhere such an array becomes flip-flops, which the counts show.
    private static bool CanBe(MemoryStyle style, SynthesisTarget target) =>
        style != MemoryStyle.FpgaRam || target.Technology is Technology.Xilinx7 or Technology.Ice40;
}
