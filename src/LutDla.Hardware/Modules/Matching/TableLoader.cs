using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware.Modules.Matching;

/// <summary>Takes the tables of a group: module by module, step by step, entry by entry, chunk by chunk.</summary>
/// <param name="MatchingModules">Modules that have tables of their own.</param>
/// <param name="Steps">Steps in which the parallel subspaces of a module are loaded.</param>
/// <param name="Chunks">Parts in which a row is loaded.</param>
/// <param name="Width">Bits of a beat.</param>
public sealed record TableLoader(int MatchingModules, int Steps, int Entries, int Chunks, int Width) : Cell
{
    public int ModuleBits => BitWidth.ForIndex(MatchingModules);

    public int StepBits => BitWidth.ForIndex(Steps);

    public int EntryBits => BitWidth.ForIndex(Entries);

    public int ChunkBits => BitWidth.ForIndex(Chunks);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("width", Width), new("enables", MatchingModules * Steps * Chunks), new("entry", EntryBits),
        new("counters", ModuleBits + StepBits + ChunkBits),
    ];

    public override string Name => "table_loader";

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new("Modules", MatchingModules), new(nameof(Steps), Steps), new(nameof(Entries), Entries), new(nameof(Chunks), Chunks),
        new(nameof(Width), Width), new(nameof(EntryBits), EntryBits),
    ];

    public override IReadOnlyList<Child> Children =>
    [
        new("u_chunk", new Counter(ChunkBits)), new("u_entry", new Counter(EntryBits)), new("u_step", new Counter(StepBits)),
        new("u_module", new Counter(ModuleBits)), new("u_gate", new LoadGate()),
    ];
}
