using LutDla.Cosim.Tests.Mutation;

namespace LutDla.Cosim.Tests.Cli;

/// <summary>Synthesis that does not give what the design asks for.</summary>
public sealed class FailingSynthesisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_memory_that_is_not_what_it_was_meant_to_be_ends_with_1()
    {
        var config = _folder.File("ram.json");
        var tiny = File.ReadAllText(Repository.File("configs", "tiny.json"));
        File.WriteAllText(config, tiny.Replace("\"memories\": {}", "\"memories\": { \"index_buffer\": \"fpga_ram\" }", StringComparison.Ordinal));
        var fault = new TextMutation("lutdla_memory_fpga_ram.v", "  reg [Width-1:0] words", "  reg", "  (* ram_style = \"registers\" *) reg");
        string[] arguments = ["synth", "--config", config, "--target", "xilinx"];

        Assert.Equal(0, (await CliProcess.RunAsync(arguments)).ExitCode);
        Assert.Equal(1, (await CliProcess.RunAsync(FaultyInstallation.Make(_folder, "cells", fault), new Dictionary<string, string?>(), arguments)).ExitCode);
    }
}
