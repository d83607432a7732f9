using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: offers the beats of a file on a stream.</summary>
public sealed record VectorSource(string Design) : Module
{
    public override string Name => $"{Design}_vector_source";

    public override string Template => "bench/vector_source.v.scriban";
}
