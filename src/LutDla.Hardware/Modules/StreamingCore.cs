using LutDla.Hardware.Modules.Matching;
using LutDla.Hardware.Modules.Rescale;
using LutDla.Hardware.Modules.Search;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware.Modules;

/// <summary>The top module: search, index buffer, lookup and rescale, each with a FIFO of commands of its own.</summary>
public sealed record StreamingCore(
    CoreStreams Ports, CentroidModule Search, IndexBuffer IndexBuffer,
    MatchingModule Matching, int MatchingModules, Drain Drain)
    : Module
{
    public TableLoader TableLoader =>
        new(MatchingModules, Matching.LoadSteps, Matching.Entries, Matching.LoadChunks, Matching.TableBeatBits);

    public Issue Issue => new(Matching.Buffers, Matching.BlockBits, Matching.Lane.Tree.Latency);

    public int LookupsPerCycle => MatchingModules * Matching.LookupsPerCycle;

    public CommandQueue SearchCommands => Commands("last_block", "last_group");

    public CommandQueue PassCommands => Commands("last_block", "last_group", "keep");

    public CommandQueue DrainCommands => Commands("last_block", "last_row", "last_beat", "minimum", "maximum");

    public override IReadOnlyList<StructureTerm> Structure => [new("command", Ports.Command.PayloadBits), new("modules", MatchingModules)];

    public override string Name => "core";

    public override string Template => "core/core.v.scriban";

    public override IReadOnlyList<Child> Children =>
    [
        new("u_search_commands", SearchCommands.Fifo),
        new("u_pass_commands", PassCommands.Fifo),
        new("u_drain_commands", DrainCommands.Fifo),
        new("u_ccm", Search),
        new("u_index_buffer", IndexBuffer),
        new("u_table_loader", TableLoader),
        new("u_issue", Issue),
        new("gen_module[*].u_imm", Matching, MatchingModules),
        new("u_drain", Drain),
    ];

    private CommandQueue Commands(params string[] fields) => new([.. fields.Select(Ports.Command.Field)]);
}
