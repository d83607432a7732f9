using LutDla.Cosim.Tests.Cosimulation;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;
using Xunit.Sdk;

namespace LutDla.Cosim.Tests.Mutation;

public sealed class SampleMutationTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { "assign in_ready_o", "||", "&&", "offers a transfer after the 100 expected" },
        { "assign out_data_o", "~", "-", "out: transfer 0 in cycle" },
        { "if (in_valid_i && in_ready_o) data_q", "&&", "||", "changed before it was taken" },
        { "if (in_valid_i && in_ready_o) data_q", "data_q <=", "data_p <=", "data_p" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_found(string line, string sound, string faulty, string message) =>
        Assert.Contains(message, await FindAsync(new TextMutation("sample.v", line, sound, faulty)), StringComparison.Ordinal);

    [Fact]
    public async Task A_fault_that_nothing_finds_fails_the_test()
    {
        var e = await Assert.ThrowsAnyAsync<XunitException>(
            () => FindAsync(new TextMutation("sample.v", "assign out_valid_o", "valid_q;", "valid_q ;")));
        Assert.Contains("Nothing found the fault sample.v: assign out_valid_o", e.Message, StringComparison.Ordinal);
    }

    private static Task<string> FindAsync(TextMutation mutation) =>
        MutationCheck.FindAsync(SampleDesign.Of(SampleDesign.Text, 8).Files, mutation, CosimulateAsync);

    private static async Task<string?> CosimulateAsync(IReadOnlyList<VerilogFile> files)
    {
        var design = SampleDesign.Of(SampleDesign.Text, 8) with { Files = files };
        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);
        var stimuli = SampleDesign.RandomBeats(8, 100, seed: 3);
        var run = await simulator.RunAsync(SampleDesign.Request(stimuli, stallSeed: 1), Cancellation);
        return run["out"].FirstDifference(SampleDesign.Inverted(stimuli))?.ToString();
    }
}
