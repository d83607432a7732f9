using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Core;

/// <summary>
/// The clock gate has one form for simulation and one for synthesis. Both let the high phase through, whole, where the enable was high
/// before the rising edge, and nothing else.
/// </summary>
public sealed class ClockGateTests
{
    private const string Pass = "2000 phases as expected";

    // The enable changes after the rising edge, as a register does, and sometimes in the low phase, too. Sampled where both are settled.
    private const string Bench = """
        module bench;
          reg clk = 1'b0, enable = 1'b0, expected = 1'b0;
          integer seed = 5, wrong = 0, i;
          wire gated;

          lutdla_clock_gate u_gate (.clk_i(clk), .enable_i(enable), .clk_o(gated));

          initial begin
            #10;
            for (i = 0; i < 1000; i = i + 1) begin
              expected = enable;
              clk = 1'b1;
              #1 enable = $random(seed);
              #8 if (gated !== expected) wrong = wrong + 1;
              #1 clk = 1'b0;
              #5 if (gated !== 1'b0) wrong = wrong + 1;
              if (i % 3 == 0) enable = $random(seed);
              #5;
            end
            if (wrong == 0) $display("2000 phases as expected");
            else $display("%0d phases are wrong", wrong);
            $finish;
          end
        endmodule
        """;

    [Theory]
    [InlineData("-DSIMULATION")]
    [InlineData("-DSYNTHESIS")]
    public async Task Only_whole_high_phases_pass(string form) => Assert.Contains(Pass, await PlayAsync(form), StringComparison.Ordinal);

    [Theory]
    [InlineData("-DSYNTHESIS", "clk_i && enable_q", "clk_i || enable_q")]
    [InlineData("-DSYNTHESIS", ".gate_i(!clk_i)", ".gate_i(clk_i)")]
    [InlineData("-DSIMULATION", "clk_i && enable_i", "clk_i || enable_i")]
    public async Task A_fault_is_found(string form, string sound, string faulty) =>
        Assert.Contains("phases are wrong", await PlayAsync(form, sound, faulty), StringComparison.Ordinal);

    private static async Task<string> PlayAsync(string form, string sound = "", string faulty = "")
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var scratch = new ScratchFolder();
        var gate = await Cell("clock_gate");
        Assert.Contains(sound, gate, StringComparison.Ordinal);
        var played = sound.Length == 0 ? gate : gate.Replace(sound, faulty, StringComparison.Ordinal);
        await File.WriteAllTextAsync(scratch.File("gate.v"), played);
        await File.WriteAllTextAsync(scratch.File("latch.v"), await Cell("latch_row"));
        await File.WriteAllTextAsync(scratch.File("bench.v"), Bench);
        await ExternalTool.Icarus.RunAsync(
            scratch.Path, ["-g2005", form, "-s", "bench", "-o", "bench", "gate.v", "latch.v", "bench.v"], cancellation);
        return (await new ExternalTool("vvp", "iverilog").RunAsync(scratch.Path, ["-n", "bench"], cancellation)).StandardOutput;
    }

    private static Task<string> Cell(string name) => File.ReadAllTextAsync(Repository.File("hdl-templates", "cells", $"lutdla_{name}.v"));
}
