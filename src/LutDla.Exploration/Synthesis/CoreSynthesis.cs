using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Rtl;

namespace LutDla.Exploration.Synthesis;

/// <summary>How a core is synthesised: its macros as black boxes, and what each of its memories is to become.</summary>
public static class CoreSynthesis
{
    /// <param name="files">The rendered core.</param>
    public static SynthesisRequest Request(Core core, IReadOnlyList<VerilogFile> files, SynthesisTarget target)
    {
        var modules = core.Top.Occurrences().Select(o => o.Module).ToList();
        MemoryExpectation[] memories =
            [.. modules.OfType<MemoryModule>().Select(m => new MemoryExpectation(m.NameIn(core.Name), m.Style)).Distinct()];
        return new()
        {
            Top = core.TopName,
            Files = files,
            Target = target,
            ClockGate = modules.OfType<ClockGate>().FirstOrDefault()?.NameIn(core.Name),
            BlackBoxes = [.. memories.Where(m => m.Style == MemoryStyle.Macro).Select(m => m.Module)],
            Memories = [.. memories.Where(m => CanBe(m.Style, target))],
        };
    }

    // Only an FPGA has RAM to infer; elsewhere such an array becomes flip-flops, which the counts show.
    private static bool CanBe(MemoryStyle style, SynthesisTarget target) =>
        style != MemoryStyle.FpgaRam || target.Technology is Technology.Xilinx7 or Technology.Ice40;
}
