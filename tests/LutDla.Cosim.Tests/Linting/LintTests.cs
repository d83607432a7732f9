using LutDla.Cosim.Tests.Cosimulation;
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
    [InlineData("assign in_ready_o = !valid_q || out_ready_i;", "assign in_ready_o = !valid_q || out_ready_i || in_ready_o;", "yosys", "logic loop")]
    [InlineData("if (!rst_ni) valid_q <= 1'b0;", "if (!rst_ni) valid_q <= unknown;", "iverilog", "unknown")]
    public async Task A_fault_is_reported_by_the_tool_that_sees_it(string sound, string faulty, string tool, string message)
    {
        var report = await LintAsync(sound, faulty);
        Assert.Contains(report.Findings, f => f.Tool == tool && f.Messages.Contains(message, StringComparison.Ordinal));
        Assert.Empty(Directory.GetDirectories(_scratch.File("clean-designs")));
    }

    private Task<LintReport> LintAsync(string sound, string replacement)
    {
        var text = sound.Length == 0 ? SampleDesign.Text : SampleDesign.Text.Replace(sound, replacement, StringComparison.Ordinal);
        return Lint.RunAsync(SampleDesign.Of(text, 8).Files, "sample", new ContentCache(_scratch.Path), Cancellation);
    }
}
