using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: offers the beats of a file on a stream.</summary>
public sealed record VectorSource : Module
{
    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "vector_source";

    public override string Template => "bench/lutdla_vector_source.v";
}
