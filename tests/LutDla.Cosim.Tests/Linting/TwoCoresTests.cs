using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Linting;

/// <summary>All files of two generated folders, given to each tool at once with a module that instantiates both cores.</summary>
public sealed class TwoCoresTests
{
    [Theory]
    [InlineData("edge", "tiny")]
    [InlineData("tiny", "reference")]
    public Task Two_named_configurations_elaborate_together(string first, string second) =>
        AssertCleanAsync(Load(first), Files(Load(first)), Load(second), Files(Load(second)));

    [Theory]
    [InlineData("a", "a_b")]
    [InlineData("lutdla", "lutdla_lutdla")]
    [InlineData("x_codebook", "x")]
    public Task Names_that_begin_alike_do_not_meet(string first, string second) =>
        AssertCleanAsync(Named(first), Files(Named(first)), Named(second), Files(Named(second)));

    [Fact]
    public Task A_core_of_another_version_whose_cells_have_other_ports_elaborates_beside_this_one()
    {
        var other = Files(Named("other")).Select(f => f with { Text = f.Text.Replace("step_i", "tick_i", StringComparison.Ordinal) })
            .ToList();

        Assert.Contains(other, f => f.Name == "other_counter.v" && f.Text.Contains("tick_i", StringComparison.Ordinal));
        return AssertCleanAsync(Named("this"), Files(Named("this")), Named("other"), other);
    }

    private static async Task AssertCleanAsync(
        HardwareCore first, IReadOnlyList<VerilogFile> firstFiles, HardwareCore second, IReadOnlyList<VerilogFile> secondFiles)
    {
        VerilogFile[] files = [.. firstFiles, .. secondFiles, new("two_cores.v", Both(first, second))];

        var report = await Lint.RunAsync(files, "two_cores", ContentCache.Default, TestContext.Current.CancellationToken);

        Assert.True(report.IsClean, report.ToString());
    }

    private static HardwareCore Load(string name) => HardwareCore.From(DesignFile.Load(Repository.File("configs", $"{name}.json")));

    // Latches and flip-flops, so that most cells are there.
    private static HardwareCore Named(string name) => HardwareCore.From(Load("tiny").Config with
    {
        Name = name, Memories = new() { Codebooks = MemoryStyle.Latch, Tables = MemoryStyle.Latch, Parameters = MemoryStyle.Latch },
    });

    private static List<VerilogFile> Files(HardwareCore core) =>
    [
        .. HandoffFolder.Of(core, TemplateRenderer.Default)
            .Where(f => f.Path.StartsWith("rtl/", StringComparison.Ordinal))
            .Select(f => new VerilogFile(Path.GetFileName(f.Path), f.Text)),
    ];

    private static string Both(HardwareCore first, HardwareCore second) => $$"""
        module two_cores (
          input wire clk_i,
          input wire rst_ni,
          {{string.Join(",\n  ", Ports(first, "first").Concat(Ports(second, "second")).Select(p => $"{p.Kind} {p.Outer}"))}}
        );
          {{first.TopName}} u_first (.clk_i(clk_i), .rst_ni(rst_ni), {{Connections(first, "first")}});
          {{second.TopName}} u_second (.clk_i(clk_i), .rst_ni(rst_ni), {{Connections(second, "second")}});
        endmodule

        """;

    private static string Connections(HardwareCore core, string prefix) =>
        string.Join(", ", Ports(core, prefix).Select(p => $".{p.Inner}({p.Outer})"));

    private static IEnumerable<(string Kind, string Inner, string Outer)> Ports(HardwareCore core, string prefix)
    {
        foreach (var stream in core.Streams.All)
        {
            var (forth, back) = stream.Role == StreamRole.Input ? ("i", "o") : ("o", "i");
            yield return Port($"{stream.Name}_valid", forth, 1);
            yield return Port($"{stream.Name}_data", forth, stream.PayloadBits);
            if (stream.Role != StreamRole.Monitor)
                yield return Port($"{stream.Name}_ready", back, 1);
        }

        (string, string, string) Port(string name, string direction, int bits) =>
            ($"{(direction == "i" ? "input" : "output")} wire [{bits - 1}:0]", $"{name}_{direction}", $"{prefix}_{name}_{direction}");
    }
}
