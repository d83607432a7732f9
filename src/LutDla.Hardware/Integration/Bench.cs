using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: a test bench that plays vectors through a core, compares what comes and has the checker look on.</summary>
public sealed record Bench(Core Core) : Module
{
    public StreamChecker Checker => new(Core);

    public VectorSource Source => new();

    public VectorSink Sink => new();

    public int ResetEdges => UseRules.ResetEdges;

    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "bench";

    public override string Template => "bench/bench.v.scriban";

    public override IReadOnlyList<Child> Children =>
    [
        new("u_core", Core.Top), new("u_checker", Checker),
        .. Core.Streams.All.Select(s => new Child($"u_{s.Name}", s.IsInput ? Source : Sink)),
    ];
}
