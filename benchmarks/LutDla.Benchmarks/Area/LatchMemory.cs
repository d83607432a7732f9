using LutDla.Baseline.Memories;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;

namespace LutDla.Benchmarks.Area;

/// <summary>What memories of latches take, measured: for few words they are smaller than macros.</summary>
internal static class LatchMemory
{
    /// <summary>Beyond that, macros are far smaller.</summary>
    private const int MostWords = 64;

    private const int StripBits = 64;
    private const string Name = "latch_strip";
    private static readonly string[] Cells = ["lutdla_memory_latch", "lutdla_clock_gate", "lutdla_latch_row"];

    /// <returns>Strips of 64 bits side by side, each with its own decoder; nothing for many words.</returns>
    public static async Task<MemoryPrice?> PriceAsync(MemoryShape shape, SynthesisTarget target, YosysBuild yosys)
    {
        if (shape.Words > MostWords)
            return null;
        var request = new SynthesisRequest
        {
            Top = Name,
            Files = [Strip(shape.Words), .. Cells.Select(c => new VerilogFile($"{c}.v", TemplateRenderer.Default.Copy($"cells/{c}.v")))],
            Target = target,
            ClockGate = "lutdla_clock_gate",
        };
        var strip = (await MappedVariant.AllAsync(request.By(yosys)))[0];
        return new MemoryPrice(shape, strip.Area * shape.WordBits / StripBits * shape.Count, Cells[0]);
    }

    private static VerilogFile Strip(int words)
    {
        var addressBits = LutDla.Hardware.BitWidth.ForIndex(words);
        return new($"{Name}.v", $$"""
            module {{Name}} (
              input wire clk_i,
              input wire write_enable_i, input wire [{{addressBits - 1}}:0] write_address_i, input wire [{{StripBits - 1}}:0] write_data_i,
              input wire read_enable_i, input wire [{{addressBits - 1}}:0] read_address_i, output wire [{{StripBits - 1}}:0] read_data_o);
              lutdla_memory_latch #(.Depth({{words}}), .Width({{StripBits}}), .AddressBits({{addressBits}})) u_memory (
                .clk_i(clk_i), .write_enable_i(write_enable_i), .write_address_i(write_address_i), .write_data_i(write_data_i),
                .read_enable_i(read_enable_i), .read_address_i(read_address_i), .read_data_o(read_data_o));
            endmodule

            """);
    }
}
