using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: a core with its checker; it has the core's ports and ends the simulation where a rule is broken.</summary>
public sealed record CheckedCore(Core Core) : Module
{
    /// <summary>
    /// As <see cref="StreamChecker.Patience"/>, for streams that stall at random so often that one alone holds all others up for long.
    /// </summary>
    public int Patience => 1 << 15;

    public StreamChecker Checker => new(Core);

    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "checked";

    public override string Template => "checker/checked.v.scriban";

    public override IReadOnlyList<Child> Children => [new("u_core", Core.Top), new("u_checker", Checker)];
}
