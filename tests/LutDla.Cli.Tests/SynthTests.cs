namespace LutDla.Cli.Tests;

public sealed class SynthTests
{
    [Theory]
    [InlineData("--target = asic\n    must be one of generic, liberty, xilinx, ice40.", "--target", "asic")]
    [InlineData("--liberty = (none)\n    must name the cells for --target liberty.", "--target", "liberty")]
    [InlineData("--liberty = cells.lib\n    has no meaning for --target ice40.", "--target", "ice40", "--liberty", "cells.lib")]
    [InlineData("no/such/cells.lib = absent\n    The Liberty file must exist.", "--target", "liberty", "--liberty", "no/such/cells.lib")]
    [InlineData("--keep = nope\n    is no module of the design.", "--keep", "nope")]
    [InlineData("--booth = off\n    has no meaning for --target ice40.", "--target", "ice40", "--booth", "off")]
    [InlineData("--clock-gates = -1\n    must be a whole number from 0 to 65536.", "--clock-gates", "-1")]
    [InlineData("--clock = 0\n    must be a whole number from 100 to 1000000.", "--clock", "0")]
    public async Task A_wrong_option_ends_with_2(string message, params string[] options)
    {
        var run = await CliProcess.RunAsync(["synth", "--config", Repository.File("configs", "tiny.json"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.Empty(run.StandardOutput);
    }

    [Theory]
    [InlineData("--clock-gates = 4\n    needs Yosys 0.55 or later.\n    Say --yosys yowasp.", "--clock-gates", "4")]
    [InlineData("--booth = on\n    needs Yosys 0.55 or later.", "--booth", "on")]
    public async Task What_a_later_Yosys_can_do_needs_it(string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var library = folder.File("cells.lib");
        await File.WriteAllTextAsync(
            library,
            "library (cells) { cell (INV) { area : 1; pin (A) { direction : input; } "
            + "pin (Y) { direction : output; function : \"!A\"; } } }",
            TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync(
            ["synth", "--config", Repository.File("configs", "tiny.json"), "--target", "liberty", "--liberty", library, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }
}
