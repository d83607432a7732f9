using System.Text.Json;
using LutDla.Boundary;
using LutDla.Cosim.Tests.Linting;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Synthesis;

public sealed class YosysSynthesisTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private static VerilogFile Ram => new("ram.v", """
        module ram #(parameter Depth = 64, parameter AddressBits = 6, parameter Width = 32) (
          input wire clk_i, input wire write_i, input wire [AddressBits-1:0] write_address_i, input wire [Width-1:0] data_i,
          input wire [AddressBits-1:0] read_address_i, output reg [Width-1:0] data_o
        );
          STYLE reg [Width-1:0] words [0:Depth-1];
          always @(posedge clk_i) begin
            if (write_i) words[write_address_i] <= data_i;
            data_o <= words[read_address_i];
          end
        endmodule

        """);

    private static VerilogFile TwoRams => new("two_rams.v", """
        module two_rams (
          input wire clk_i, input wire write_i, input wire [7:0] write_address_i, input wire [31:0] data_i,
          input wire [7:0] read_address_i, output wire [31:0] data_o
        );
          wire [31:0] a, b;
          ram #(.Depth(256), .AddressBits(8), .Width(32)) u_a (
            .clk_i(clk_i), .write_i(write_i), .write_address_i(write_address_i), .data_i(data_i),
            .read_address_i(read_address_i), .data_o(a));
          ram #(.Depth(256), .AddressBits(8), .Width(32)) u_b (
            .clk_i(clk_i), .write_i(write_i), .write_address_i(write_address_i), .data_i(~data_i),
            .read_address_i(~read_address_i), .data_o(b));
          assign data_o = a ^ b;
        endmodule

        """);

    [Fact]
    public async Task Generic_counts_add_up_over_the_hierarchy()
    {
        var report = await ReportAsync(StoreDesign.Latches, SynthesisTarget.Generic);
        Assert.Null(report.Area);
        Assert.Equal(4 * 8 + 4, report.Count(CellKind.Latch));
        Assert.Equal(3 + 2 + 8 + 8, report.Count(CellKind.FlipFlop));
        Assert.Equal(4, Assert.Single(report.Modules, m => m.Module == "latch_row (Width=8)").Instances);
        Assert.Equal(4, Assert.Single(report.Modules, m => m.Module == "latch_row (Width=1)").Instances);
    }

    /// <summary>It comes out larger or smaller, but it is the same design.</summary>
    [Fact]
    public async Task A_later_yosys_maps_the_same_design_and_its_result_is_kept_apart()
    {
        await LaterYosys.SkipIfMissingAsync();
        var request = Request(StoreDesign.Latches, SynthesisTarget.Generic, HierarchyPolicy.KeepAll);
        using var folder = new TemporaryFolder();
        using var cache = new ContentCache(folder.Path);

        var system = await YosysSynthesis.RunAsync(request, cache, Cancellation);
        var later = await YosysSynthesis.RunAsync(request with { Yosys = ExternalTool.YowaspYosys }, cache, Cancellation);

        Assert.Equal(system.Report.Count(CellKind.Latch), later.Report.Count(CellKind.Latch));
        Assert.Equal(system.Report.Count(CellKind.FlipFlop), later.Report.Count(CellKind.FlipFlop));
        Assert.NotEqual(system.NetlistPath, later.NetlistPath);
        Assert.Contains("Yosys 0.55", await File.ReadAllTextAsync(later.NetlistPath, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flattening_leaves_one_module_and_keeping_a_list_leaves_that_list()
    {
        var flat = await ReportAsync(StoreDesign.Latches, SynthesisTarget.Generic, HierarchyPolicy.Flatten);
        Assert.Equal("store", Assert.Single(flat.Modules).Module);
        var kept = await ReportAsync(StoreDesign.Latches, SynthesisTarget.Generic, HierarchyPolicy.Keep("latch_row"));
        Assert.Equal(
            ["latch_row (Width=1)", "latch_row (Width=8)", "store"], kept.Modules.Select(m => m.Module).Order(StringComparer.Ordinal));
        Assert.Equal(flat.Count(CellKind.Latch), kept.Count(CellKind.Latch));
    }

    [Fact]
    public async Task A_library_with_latches_and_clock_gates_gets_them()
    {
        var report = await ReportAsync(StoreDesign.Latches, SynthesisTarget.ForLiberty(Libraries.Sky130));
        Assert.Equal(4, report.Count(CellKind.ClockGate));
        Assert.Equal(32, report.Count(CellKind.Latch));
        Assert.Equal(21, report.Count(CellKind.FlipFlop));
        Assert.Equal(4, report.CellTypes["sky130_fd_sc_hd__dlclkp_1"]);
        Assert.Equal(32, report.CellTypes["sky130_fd_sc_hd__dlxtp_1"]);
        var expected = report.CellTypes.Sum(c => c.Value * Libraries.Sky130.Cells[c.Key].Area);
        Assert.Equal(expected, report.Area ?? 0, 6);
        Assert.Equal(expected, report.Modules.Sum(m => m.TotalArea ?? 0), 6);
    }

    [Fact]
    public async Task A_library_that_does_not_price_its_latch_is_refused_unless_a_price_is_given()
    {
        var target = SynthesisTarget.ForLiberty(Libraries.Osu018);
        var e = await Assert.ThrowsAsync<InvalidInputException>(() => ReportAsync(StoreDesign.Latches, target));
        Assert.Contains("LATCH = area 0", e.Message, StringComparison.Ordinal);

        var report = await ReportAsync(StoreDesign.Latches, target with { LatchArea = 64 });
        Assert.Contains(report.Notes, n => n.Contains("64 was taken", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.Contains("no clock-gating cell", StringComparison.Ordinal));
        Assert.Equal(36, report.CellTypes["LATCH"]);
        Assert.True(report.Area > 36 * 64);
    }

    [Fact]
    public async Task Flip_flops_map_to_a_small_library()
    {
        var report = await ReportAsync(StoreDesign.FlipFlops, SynthesisTarget.ForLiberty(Libraries.Osu018));
        Assert.Equal(0, report.Count(CellKind.Latch));
        Assert.Equal(21 + 32 + 4, report.Count(CellKind.FlipFlop));
    }

    public static TheoryData<string, string, bool> RamTargets { get; } = new()
    {
        { "xilinx7", "", true },
        { "xilinx7", "(* ram_style = \"registers\" *)", false },
        { "ice40", "", true },
        { "generic", "", false },
    };

    [Theory]
    [MemberData(nameof(RamTargets))]
    public async Task A_memory_that_became_flip_flops_is_told_from_one_that_became_ram(string technology, string style, bool isRam)
    {
        var target =
            technology switch { "xilinx7" => SynthesisTarget.Xilinx7, "ice40" => SynthesisTarget.Ice40, _ => SynthesisTarget.Generic };
        var report = await RamReportAsync(target, style, new MemoryExpectation("ram", MemoryStyle.FpgaRam));
        var finding = Assert.Single(report.Memories);
        Assert.Equal(isRam, finding.IsAsMeant);
        Assert.Equal(256 * 32, finding.Bits);
        Assert.Equal(isRam, finding.RamCells > 0);
        Assert.Equal(2, report.Modules.Single(m => m.Module == finding.Module).Instances);
    }

    [Fact]
    public async Task A_macro_is_a_black_box_and_not_in_the_counts()
    {
        var request = RamRequest(
            SynthesisTarget.Generic, "", new MemoryExpectation("ram", MemoryStyle.Macro)) with { BlackBoxes = ["ram"] };
        var report = (await YosysSynthesis.RunAsync(request, ContentCache.Default, Cancellation)).Report;
        Assert.Equal(2, report.Count(CellKind.BlackBox));
        Assert.Equal(0, report.Count(CellKind.FlipFlop));
        Assert.True(Assert.Single(report.Memories).IsAsMeant);
    }

    [Fact]
    public async Task Latches_are_found_below_a_memory_module()
    {
        var request = Request(
            StoreDesign.Latches, SynthesisTarget.Generic,
            HierarchyPolicy.Flatten) with { Memories = [new MemoryExpectation("store_latch", MemoryStyle.Latch)] };
        var finding = Assert.Single((await YosysSynthesis.RunAsync(request, ContentCache.Default, Cancellation)).Report.Memories);
        Assert.True(finding.IsAsMeant);
        Assert.Equal(36, finding.Latches);
    }

    [Fact]
    public async Task The_report_is_json_with_the_names_of_the_cells()
    {
        using var json = JsonDocument.Parse((await ReportAsync(StoreDesign.FlipFlops, SynthesisTarget.Generic)).ToJson());
        Assert.Equal("store", json.RootElement.GetProperty("top").GetString());
        Assert.Equal(57, json.RootElement.GetProperty("totals").GetProperty("FlipFlop").GetInt32());
    }

    [Fact]
    public async Task A_time_limit_ends_a_synthesis_that_hangs()
    {
        var request = RamRequest(
            SynthesisTarget.Generic, "", new MemoryExpectation("ram", MemoryStyle.FlipFlop)) with { TimeLimit = TimeSpan.FromTicks(1) };
        var e = await Assert.ThrowsAsync<ToolException>(
            () => YosysSynthesis.RunAsync(
                request, new ContentCache(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())), Cancellation));
        Assert.Contains("two_rams: synthesis took longer than 00:00:00.0000001", e.Message, StringComparison.Ordinal);
    }

    private static SynthesisRequest RamRequest(SynthesisTarget target, string style, MemoryExpectation memory) => new()
    {
        Top = "two_rams",
        Files = [TwoRams, new VerilogFile("ram.v", Ram.Text.Replace("STYLE", style, StringComparison.Ordinal))],
        Target = target,
        Memories = [memory],
    };

    private static async Task<SynthesisReport> RamReportAsync(SynthesisTarget target, string style, MemoryExpectation memory) =>
        (await YosysSynthesis.RunAsync(RamRequest(target, style, memory), ContentCache.Default, Cancellation)).Report;

    private static async Task<SynthesisReport> ReportAsync(
        VerilogFile[] files, SynthesisTarget target, HierarchyPolicy? hierarchy = null) =>
        (
            await YosysSynthesis.RunAsync(
                Request(files, target, hierarchy ?? HierarchyPolicy.KeepAll), ContentCache.Default, Cancellation)).Report;

    private static SynthesisRequest Request(VerilogFile[] files, SynthesisTarget target, HierarchyPolicy hierarchy) =>
        new() { Top = "store", ClockGate = StoreDesign.GateModule, Files = files, Target = target, Hierarchy = hierarchy };
}
