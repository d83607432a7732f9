using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: compares the beats of a stream with a file.</summary>
public sealed record VectorSink(string Design) : Module
{
    public override string Name => $"{Design}_vector_sink";

    public override string Template => "bench/vector_sink.v.scriban";
}
