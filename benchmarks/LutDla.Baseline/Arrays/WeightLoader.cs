using LutDla.Hardware;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>Takes the weights of a step: unit by unit of the chains, chunk by chunk of the columns.</summary>
/// <param name="Width">Bits of a beat.</param>
public sealed record WeightLoader(int Units, int Chunks, int Width) : Module
{
    public override string Name => "weight_loader";

    public override string Template => "baseline/lutdla_weight_loader.v";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(Units), Units), new(nameof(Chunks), Chunks), new(nameof(Width), Width)];

    public override IReadOnlyList<StructureTerm> Structure => [new("width", Width), new("enables", Units * Chunks)];

    public override IReadOnlyList<Child> Children =>
    [
        new("u_chunk", new Counter(BitWidth.ForIndex(Chunks))), new("u_unit", new Counter(BitWidth.ForIndex(Units))),
        new("u_gate", new LoadGate()),
    ];
}
