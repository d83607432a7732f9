namespace LutDla.Hardware.Integration;

/// <summary>
/// All rules of use: the one home of what the checker module reports and docs/integration.md lists. What breaks a rule stands in
/// the checker's template, which must use every one of them.
/// </summary>
public static class UseRules
{
    /// <summary>Rising edges of the clock that a reset must last.</summary>
    public const int ResetEdges = 1;

    public static IReadOnlyList<UseRule> All => Number(
        ("reset", $"rst_ni is low first, and whenever it falls it stays low over at least {ResetEdges} rising edge of clk_i."),
        ("quiet_in_reset", "Nothing is offered while rst_ni is low."),
        ("known", "rst_ni, every valid_i and every ready_i are 0 or 1 at every rising edge, and so is every bit of an offered payload."),
        ("offer_held", "An offer stays until it is taken: valid_i does not fall before a rising edge at which ready_o is high."),
        ("payload_held", "The payload of an offer does not change before it is taken."),
        ("last_block", "last_block of a command is below tile.rows / matching.rows_in_parallel, rounded up."),
        ("last_row", "last_row of a command is below matching.rows_in_parallel."),
        ("last_group", "last_group of a command is below tile.maximum_subspaces / matching.subspaces_in_parallel, rounded up."),
        ("last_beat", "last_beat of a command is below matching.lanes x matching.modules / rescale.units."),
        ("clamp", "minimum of a command is at most its maximum; both are signed."),
        (
            "keep_fits",
            "What a command keeps fits the index buffer: (last_block + 1) x (last_group + 1) is at most tile.index_buffer_beats."),
        ("keep_replayed", "The command after one with keep has search 0."),
        ("replay_kept", "A command with search 0 comes right after one with keep; the first command after a reset has search 1."),
        ("replay_shape", "A command with search 0 has the last_block and last_group of the command before it."),
        ("parameter_last", "A command gets last_beat + 1 beats of the parameter stream, and last is 1 on the last of them only."),
        ("progress", "What the core waits for is offered and its results are taken, whatever else it does not take meanwhile."),
        ("balance", "At the end every stream has had exactly the beats that the commands ask for, and all results are taken."));

    private static UseRule[] Number(params (string Name, string Text)[] rules) =>
        [.. rules.Select((rule, k) => new UseRule(k + 1, rule.Name, rule.Text))];
}
