using LutDla.Cosim.Tests.Mutation;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Cosimulation.Regression;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Regression;

/// <summary>
/// Faults that co-simulation of real networks does not show, because these reach no extremes: the regression finds each of them within
/// a few seeds. All faults of a design share one build.
/// </summary>
public sealed class RegressionFaultTests
{
    private const int Seeds = 20;

    private static readonly TextMutation[] Faults =
    [
        new("DESIGN_stream_fifo.v", "if (push && kept ==", "kept == e[CountBits-1:0]", "count_q == e[CountBits-1:0]"),
        new("DESIGN_index_buffer.v", "assign space_o", "reserved_q != Full", "1'b1"),
        new("DESIGN_index_buffer.v", "      valid_q <= 1'b0;", "valid_q <= 1'b0;", ""),
        new("DESIGN_load_gate.v", "      closed_q <= 1'b0;", "closed_q <= 1'b0;", ""),
        new("DESIGN_drain.v", "parameter_address_q <= parameter_last", "parameter_last ", "1'b0"),
        new("DESIGN_magnitudes.v", "? x - p", "x > p", "$unsigned(x) > $unsigned(p)"),
        new("DESIGN_distance_l1.v", "distance_o = distance_o + term", "distance_o + term",
            "(distance_o + term) & ({DistanceBits{1'b1}} >> 1)"),
        new("DESIGN_lane.v", "assign updated_o", "(partial_i & {AccumulatorBits{accumulate_i}}) + extended",
            "$signed(((partial_i & {AccumulatorBits{accumulate_i}}) + extended) << (AccumulatorBits - 14)) >>> (AccumulatorBits - 14)"),
        new("DESIGN_rescale_unit.v", "wire [OutputBits-1:0] saturated", "{OutputBits{beyond}}", "{OutputBits{1'b0}}"),
        new("DESIGN_issue.v", "assign read_ready_o", "(!read_first_block_i || tables_full_i)", "1'b1"),
        new("DESIGN_issue.v", "assign read_ready_o", "(!first || buffer_free)", "1'b1"),
    ];

    /// <summary>
    /// With two scratchpad buffers no tile can begin before its buffer is free: its command only enters when the queue of the drain,
    /// which holds two, has let go of the tile that had the buffer before.
    /// </summary>
    private static readonly int[] WithoutEffectInEdge = [Faults.Length];

    /// <summary>
    /// With 64 subspaces of 8 bits the accumulator has 14 bits anyhow.
    /// </summary>
    private static readonly int[] WithoutEffectInTiny = [8];

    public static TheoryData<string, int> Cases { get; } = new(
        from design in (string[])["edge", "tiny"]
        from number in Enumerable.Range(1, Faults.Length)
        select (design, number));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fault_that_real_networks_do_not_show_is_found(string design, int number)
    {
        var found = await FirstProblemAsync(design, number);

        if ((design == "edge" ? WithoutEffectInEdge : WithoutEffectInTiny).Contains(number))
            Assert.Null(found);
        else
            Assert.True(found is not null, $"{Seeds} seeds of {design} do not show {Faults[number - 1]}.");
        TestContext.Current.TestOutputHelper?.WriteLine(found ?? "no effect");
    }

    [Theory]
    [InlineData("edge")]
    [InlineData("tiny")]
    public async Task Without_a_fault_nothing_is_found(string design) => Assert.Null(await FirstProblemAsync(design, number: 0));

    private static async Task<string?> FirstProblemAsync(string design, int number)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var core = HardwareCore.From(DesignFile.Load(Repository.File("configs", $"{design}.json")));
        var faults = new SelectableFaults(
            [.. Faults.Select(f => f with { File = f.File.Replace("DESIGN", design, StringComparison.Ordinal) })]);
        var files = faults.Apply(new DesignRenderer(TemplateRenderer.Default).Render(core));
        var simulator = await StreamSimulator.BuildAsync(
            new DesignUnderTest(core.TopName, files, [.. core.Streams.All.Select(s => s.Port)]) { IsNetlist = true },
            SimulatorEffort.QuickBuild, ContentCache.Default, cancellation);
        var run = new SeedRun(core, simulator) { PlusArguments = [FaultChoice.Argument(number)] };
        for (var seed = 1; seed <= Seeds; seed++)
        {
            if ((await run.RunAsync(seed, coverageFile: null, cancellation)).Problem is { } problem)
                return $"seed {seed}: {problem}";
        }

        return null;
    }
}
