using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;

namespace LutDla.Exploration.Synthesis;

/// <summary>How a core is synthesised: its macros as black boxes, and what each of its memories is to become.</summary>
public static class CoreSynthesis
{
    private const string Macro = "lutdla_memory_macro";

    /// <param name="files">The rendered core.</param>
    public static SynthesisRequest Request(Core core, IReadOnlyList<VerilogFile> files, SynthesisTarget target) => new()
    {
        Top = core.TopName,
        Files = files,
        Target = target,
        BlackBoxes = files.Any(f => f.Name == $"{Macro}.v") ? [Macro] : [],
        Memories = [.. Modules(core.Memories).Where(m => CanBe(m.Style, target)).Distinct()],
    };

    private static IEnumerable<MemoryExpectation> Modules(MemoryConfig memories) =>
    [
        new($"lutdla_codebook_{Name(memories.Codebooks)}", memories.Codebooks),
        memories.Tables is MemoryStyle.FlipFlop or MemoryStyle.Latch
            ? new($"lutdla_table_bank_{Name(memories.Tables)}", memories.Tables)
            : Memory(memories.Tables),
        Memory(memories.Scratchpad),
        Memory(memories.IndexBuffer),
        Memory(memories.Parameters),
    ];

    private static MemoryExpectation Memory(MemoryStyle style) => new($"lutdla_memory_{Name(style)}", style);

    // Only an FPGA has RAM to infer; elsewhere such an array becomes flip-flops, which the counts show.
    private static bool CanBe(MemoryStyle style, SynthesisTarget target) =>
        style != MemoryStyle.FpgaRam || target.Technology is Technology.Xilinx7 or Technology.Ice40;

    private static string Name(MemoryStyle style) => style switch
    {
        MemoryStyle.FlipFlop => "flip_flop",
        MemoryStyle.Latch => "latch",
        MemoryStyle.FpgaRam => "fpga_ram",
        MemoryStyle.Macro => "macro",
        _ => throw new InvalidOperationException($"The memory style {style} is not known."),
    };
}
