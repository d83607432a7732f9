using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: compares the beats of a stream with a file.</summary>
public sealed record VectorSink : Module
{
    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "vector_sink";

    public override string Template => "bench/lutdla_vector_sink.v";
}
