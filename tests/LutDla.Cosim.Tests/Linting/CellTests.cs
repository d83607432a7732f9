using LutDla.Rtl;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Linting;

/// <summary>Cells by themselves: their defaults are legal, and parameters that contradict each other stop every tool.</summary>
public sealed class CellTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private static readonly VerilogFile[] Cells =
    [
        .. Directory.EnumerateFiles(Repository.File("hdl-templates", "cells"))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Select(name => new VerilogFile(name, TemplateRenderer.Default.Copy($"cells/{name}"))),
    ];

    public static TheoryData<string> Names { get; } = [.. Cells.Select(c => Path.GetFileNameWithoutExtension(c.Name))];

    /// <summary>Cell, parameters that fit each other, parameters that do not.</summary>
    public static TheoryData<string, string, string> Parameters { get; } = new()
    {
        { "adder_part", ".Inputs(4)", ".Inputs(5)" },
        { "adder_tree", ".Inputs(5), .InputBits(6), .SumBits(9)", ".Inputs(5), .InputBits(6), .SumBits(8)" },
        { "adder_tree", ".Inputs(4), .InputBits(6), .SumBits(8)", ".Inputs(4), .InputBits(6), .SumBits(9)" },
        { "adder_tree", ".Inputs(16), .StageInputs(4)", ".Inputs(17), .StageInputs(4)" },
        { "argmin_tree", ".Inputs(5), .Levels(3)", ".Inputs(5), .Levels(2)" },
        { "argmin_tree", ".Inputs(4), .Levels(2)", ".Inputs(4), .Levels(3)" },
        { "codebook_flip_flop", ".Entries(5), .EntryBits(3)", ".Entries(5), .EntryBits(2)" },
        { "codebook_latch", ".Entries(8), .EntryBits(3)", ".Entries(8), .EntryBits(4)" },
        { "codebook_loader", ".Entries(17), .EntryBits(5)", ".Entries(17), .EntryBits(4)" },
        { "distance_chebyshev", ".ElementBits(5), .DistanceBits(5)", ".ElementBits(5), .DistanceBits(6)" },
        { "distance_l1", ".VectorLength(16), .ElementBits(16), .DistanceBits(20)",
            ".VectorLength(16), .ElementBits(16), .DistanceBits(21)" },
        { "distance_l1", ".VectorLength(3), .ElementBits(4), .DistanceBits(6)", ".VectorLength(3), .ElementBits(4), .DistanceBits(5)" },
        { "distance_l2", ".VectorLength(16), .ElementBits(16), .DistanceBits(36)",
            ".VectorLength(16), .ElementBits(16), .DistanceBits(35)" },
        { "distance_l2", ".VectorLength(9), .ElementBits(4), .DistanceBits(11)", ".VectorLength(9), .ElementBits(4), .DistanceBits(12)" },
        { "memory_flip_flop", ".Depth(1), .AddressBits(1)", ".Depth(1), .AddressBits(2)" },
        { "memory_fpga_ram", ".Depth(20), .AddressBits(5)", ".Depth(20), .AddressBits(4)" },
        { "memory_latch", ".Depth(16), .AddressBits(4)", ".Depth(16), .AddressBits(5)" },
        { "memory_macro", ".Depth(3), .AddressBits(2)", ".Depth(3), .AddressBits(1)" },
        { "one_hot_read", ".Entries(3), .IndexBits(2)", ".Entries(3), .IndexBits(1)" },
        { "rescale_unit", ".AccumulatorBits(4), .MultiplierBits(2), .OutputBits(7)",
            ".AccumulatorBits(4), .MultiplierBits(2), .OutputBits(8)" },
        { "sign_extend", ".FromBits(5), .ToBits(5)", ".FromBits(5), .ToBits(4)" },
        { "table_bank_flip_flop", ".Entries(12), .IndexBits(4)", ".Entries(12), .IndexBits(3)" },
        { "table_bank_latch", ".Entries(8), .IndexBits(3)", ".Entries(8), .IndexBits(4)" },
        { "table_loader", ".Entries(9), .EntryBits(4)", ".Entries(9), .EntryBits(5)" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_cell_with_its_defaults_has_no_warnings(string cell)
    {
        var report = await Lint.RunAsync(Cells, cell, ContentCache.Default, Cancellation);

        Assert.True(report.IsClean, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Parameters_that_contradict_each_other_stop_every_tool_by_a_name_that_says_so(
        string cell, string legal, string illegal)
    {
        var complaint = $"lutdla_{cell}_illegal_parameters";

        Assert.All(await ElaborateAsync(cell, legal), output => Assert.Equal((0, ""), (output.ExitCode, output.StandardError)));
        Assert.All(await ElaborateAsync(cell, illegal), output =>
        {
            Assert.NotEqual(0, output.ExitCode);
            Assert.Contains(complaint, output.StandardError, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_check_of_a_cell_is_tried()
    {
        var checks = Cells.Where(c => c.Text.Contains("_illegal_parameters", StringComparison.Ordinal)).Select(c => c.Name);

        Assert.Equal(checks.Order(), Parameters.Select(row => $"lutdla_{row.Data.Item1}.v").Distinct().Order());
    }

    private static async Task<IReadOnlyList<ToolOutput>> ElaborateAsync(string cell, string parameters)
    {
        using var scratch = new ScratchFolder();
        VerilogFile[] files = [.. Cells, new("top.v", $"module top; lutdla_{cell} #({parameters}) u_cell (); endmodule\n")];
        foreach (var file in files)
            await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, Cancellation);

        string[] names = [.. files.Select(f => f.Name)];
        return
        [
            await RunAsync(ExternalTool.Verilator, ["--lint-only", "-Wno-lint", "--top-module", "top", .. names]),
            await RunAsync(ExternalTool.Icarus, ["-g2005", "-t", "null", "-s", "top", .. names]),
            await RunAsync(ExternalTool.Yosys, ["-q", "-p", $"read_verilog {string.Join(' ', names)}; hierarchy -check -top top"]),
        ];

        Task<ToolOutput> RunAsync(ExternalTool tool, IReadOnlyList<string> arguments) =>
            tool.TryRunAsync(scratch.Path, arguments, Cancellation);
    }
}
