namespace LutDla.Exploration.Synthesis;

/// <summary>
/// Which modules stay modules in synthesis. A module that stays is synthesised once however often it is used and has a row of
/// its own in the report; one that is flattened can be optimised together with what surrounds it.
/// </summary>
public sealed record HierarchyPolicy
{
    private HierarchyPolicy(bool keepsAll, IReadOnlyList<string> kept) => (KeepsAll, Kept) = (keepsAll, kept);

    public static HierarchyPolicy KeepAll { get; } = new(true, []);

    public static HierarchyPolicy Flatten { get; } = new(false, []);

    public bool KeepsAll { get; }

    /// <summary>Names of the modules that stay, if not all do.</summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>Keeps these modules, in all of their parameterisations, and flattens what is in them.</summary>
    public static HierarchyPolicy Keep(params IReadOnlyList<string> modules) => new(false, modules);
}
