using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Baseline.Arrays;

/// <summary>Keeps a finished sum until it has left, while the unit that made it begins the next one.</summary>
/// <param name="Style"><see cref="MemoryStyle.Latch"/> or <see cref="MemoryStyle.FlipFlop"/>.</param>
public sealed record SumHold(MemoryStyle Style, int Width) : Module
{
    public override string Name => Style == MemoryStyle.Latch ? "sum_hold_latch" : "sum_hold_flip_flop";

    public override string Template => $"baseline/lutdla_{Name}.v";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(Width), Width)];

    public override IReadOnlyList<StructureTerm> Structure => [new("bits", Width)];

    public override IReadOnlyList<Child> Children =>
        Style == MemoryStyle.Latch ? [new("u_gate", new ClockGate()), new("u_row", new Latch(Width))] : [];
}
