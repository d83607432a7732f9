using LutDla.Cosim.Tests.Cosimulation;
using LutDla.Rtl;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Linting;

public sealed class LintTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_clean_design_is_clean_and_remembered()
    {
        Assert.True((await LintAsync("", "")).IsClean);
        Assert.Single(Directory.GetDirectories(_scratch.File("clean-designs")));
        Assert.True((await LintAsync("", "")).IsClean);
    }

    [Theory]
    [InlineData("assign out_data_o = ~data_q;", "assign out_data_o = ~data_q + 9'd1;", "verilator", "WIDTH")]
    [InlineData("assign out_data_o = ~data_q;", "wire [7:0] loose; assign out_data_o = ~data_q ^ loose;", "yosys", "has no driver")]
    [InlineData("reg valid_q;", "logic valid_q;", "yosys", "syntax error")]
    [InlineData("out_ready_i;", "out_ready_i || in_ready_o;", "yosys", "logic loop")]
    [InlineData("if (!rst_ni) valid_q <= 1'b0;", "if (!rst_ni) valid_q <= unknown;", "iverilog", "unknown")]
    public async Task A_fault_is_reported_by_the_tool_that_sees_it(string sound, string faulty, string tool, string message)
    {
        var report = await LintAsync(sound, faulty);
        Assert.Contains(report.Findings, f => f.Tool == tool && f.Messages.Contains(message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_scratch.File("clean-designs"))); // a fault is not kept
    }

    [Fact]
    public async Task A_warning_about_a_modules_defaults_is_a_finding_though_the_design_sets_others()
    {
        VerilogFile part = new("part.v", """
            module part #(parameter Bits = 8) (input wire [15:0] data_i, output reg [Bits-1:0] data_o);
              always @* data_o[15:0] = data_i;
            endmodule

            """);
        VerilogFile whole = new("whole.v", """
            module whole (input wire [15:0] data_i, output wire [15:0] data_o);
              part #(.Bits(16)) u_part (.data_i(data_i), .data_o(data_o));
            endmodule

            """);

        var finding = Assert.Single((await Lint.RunAsync([part, whole], "whole", new ContentCache(_scratch.Path), Cancellation)).Findings);

        Assert.Equal("yosys", finding.Tool);
        Assert.Contains("Warning", finding.Messages, StringComparison.Ordinal);
    }

    private Task<LintReport> LintAsync(string sound, string replacement)
    {
        var text = sound.Length == 0 ? SampleDesign.Text : SampleDesign.Text.Replace(sound, replacement, StringComparison.Ordinal);
        return Lint.RunAsync(SampleDesign.Of(text, 8).Files, "sample", new ContentCache(_scratch.Path), Cancellation);
    }
}
