using LutDla.Hardware;
using LutDla.Hardware.Integration;

namespace LutDla.Cosim.Tests.Integration;

/// <summary>
/// Whoever breaks a rule of use is told which: the vectors or the test bench of a generated folder, with one fault each, in Icarus.
/// </summary>
public sealed class WrongUserTests
{
    private static readonly CoreStreams Streams = OddDesign.Core.Streams;

    // When the source goes on to its next beat.
    private const string Next = "if (run_i && (!valid_o || ready_i))";

    private static readonly (string Rule, string Said, Action<PlayedFolder> Break)[] Users =
    [
        ("reset", "Here: 0.", f => f.Replace(
            "sim/odd_bench.v", "wire run =", "initial begin #203 rst_n = 1'b0; #2 rst_n = 1'b1; end\n  wire run =")),
        ("reset", "Here: 0.", f => f.Replace("sim/odd_bench.v", "rst_n = 1'b0;", "rst_n = 1'b1;")),
        ("quiet_in_reset", "command_valid_i is high", f => f.Replace("sim/odd_vector_source.v", "    valid_o = 1'b0;", "    valid_o = 1'b1;")),
        ("known", "result_ready_i is x", f => f.Replace("sim/odd_vector_sink.v", "ready_o <= run_i &&", "ready_o <= 1'bx &&")),
        ("known", "rst_ni is unknown", f => f.Replace("sim/odd_bench.v", "rst_n <= run;", "rst_n <= run ? run : 1'bx;")),
        ("known", "command: valid_i is 1", f => f.Replace(
            "sim/odd_vector_source.v", "data_o <= beat;", "data_o <= beat ^ {1'bx, {(Bits-1){1'b0}}};")),
        ("offer_held", "Here: activation.", f => f.Replace("sim/odd_vector_source.v", Next, "valid_o <= 1'b0;\n    if (run_i && !valid_o)")),
        ("payload_held", "activation has ", f => f.Replace("sim/odd_vector_source.v", Next, "if (run_i)")),
        ("last_block", "last_block is 3 of 3", f => f.Set(Streams.Command, 0, "last_block", 3)),
        ("last_row", "last_row is 3 of 3", f => f.Set(Streams.Command, 0, "last_row", 3)),
        ("last_group", "last_group is 5 of 5", f => f.Set(Streams.Command, 0, "last_group", 5)),
        ("last_beat", "last_beat is 3 of 3", f => f.Set(Streams.Command, 0, "last_beat", 3)),
        ("clamp", "minimum is -1, maximum -2", f =>
        {
            f.Set(Streams.Command, 0, "minimum", -1);
            f.Set(Streams.Command, 0, "maximum", -2);
        }),
        ("keep_fits", "last_block is 2, last_group 2: 9 beats, the index buffer has 8", f => f.Set(Streams.Command, 0, "last_group", 2)),
        ("keep_replayed", "search is 1", f => f.Set(Streams.Command, 1, "search", 1)),
        ("replay_kept", "nothing was kept", f => f.Set(Streams.Command, 0, "keep", 0)),
        ("replay_kept", "cycle 0: ", f => f.Set(Streams.Command, 0, "search", 0)),
        ("replay_shape", "last_block is 1 after 2", f => f.Set(Streams.Command, 1, "last_block", 1)),
        ("replay_shape", "last_group 0 after 1", f => f.Set(Streams.Command, 1, "last_group", 0)),
        ("parameter_last", "beat 0 of a set has last 1", f => f.Set(Streams.Parameter, 0, "last", 1)),
        ("parameter_last", "beat 2 of a set has last 0", f => f.Set(Streams.Parameter, 2, "last", 0)),
        ("parameter_last", "beat 2 of a set has last 0", f =>
        {
            f.Set(Streams.Parameter, 2, "last", 0); // before any command
            f.SetBeats("command", []);
        }),
        ("progress", "table is not offered, 1 beats are due.", f => f.SetBeats("table", f.Beats("table").SkipLast(1))),
        ("progress", "activation is not offered, 1 beats are due.", f => f.SetBeats("activation", f.Beats("activation").SkipLast(1))),
        ("progress", "codebook is not offered, 2 beats are due.", f => f.SetBeats("codebook", f.Beats("codebook").SkipLast(2))),
        ("progress", "parameter is not offered, 1 beats are due.", f => f.SetBeats("parameter", f.Beats("parameter").SkipLast(1))),
        ("progress", "No command is offered.", f => f.SetBeats("command", [])),
        ("progress", "A result is offered and not taken.", f => f.Replace("sim/odd_vector_sink.v", "ready_o <= run_i &&", "ready_o <= 1'b0 &&")),
        ("progress", "No command is offered.", f => f.SetBeats("codebook", [.. f.Beats("codebook"), .. f.Beats("codebook")])),
        ("balance", "codebook -3", f => f.SetBeats("codebook", [.. f.Beats("codebook"), .. f.Beats("codebook").Take(3)])),
        ("balance", "table -1", f => f.SetBeats("table", [.. f.Beats("table"), f.Beats("table")[0]])),
        ("balance", "parameter -1", f => f.SetBeats("parameter", [.. f.Beats("parameter"), f.Beats("parameter")[0]])),
        ("balance", "less than 0 if too many came", f => f.Set(Streams.Command, f.Beats("command").Count - 1, "keep", 1)),
    ];

    public static TheoryData<int> Places { get; } = [.. Enumerable.Range(0, Users.Length)];

    [Fact]
    public void Every_rule_is_broken_here() => Assert.Equal(UseRules.All.Select(r => r.Name), Users.Select(u => u.Rule).Distinct());

    [Theory]
    [MemberData(nameof(Places))]
    public async Task The_broken_rule_is_named_with_the_values_that_break_it(int place)
    {
        var (name, said, breakRule) = Users[place];
        var rule = UseRules.All.Single(r => r.Name == name);
        using var folder = new PlayedFolder(OddDesign.Core, OddDesign.Layer);
        breakRule(folder);

        var run = await folder.PlayAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($": rule {rule.Number} ({rule.Name}) is broken. {rule.Text} Here: ", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains(said, run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"different: rule {rule.Number} of use is broken", run.StandardOutput, StringComparison.Ordinal);
    }
}
