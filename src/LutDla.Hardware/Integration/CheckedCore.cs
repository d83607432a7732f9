using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: a core with its checker; it has the core's ports and ends the simulation where a rule is broken.</summary>
public sealed record CheckedCore(Core Core) : Module
{
    public StreamChecker Checker => new(Core);

    public override string Name => "checked";

    public override string Template => "checker/checked.v.scriban";

    public override IReadOnlyList<Child> Children => [new("u_core", Core.Top), new("u_checker", Checker)];
}
