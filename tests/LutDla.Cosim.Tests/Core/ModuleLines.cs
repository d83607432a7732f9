using LutDla.Hardware.Modules;

namespace LutDla.Cosim.Tests.Core;

/// <summary>A tree of modules as lines that can be compared.</summary>
internal static class ModuleLines
{
    /// <summary>Of a tree of records, with names as in a design.</summary>
    public static List<string> Of(string design, Module top) =>
        Of(top.Occurrences().Select(o => (o.Path, o.Module.NameIn(design), o.Module.Parameters, o.Count)));

    public static List<string> Of(
        IEnumerable<(string Path, string Name, IReadOnlyList<ModuleParameter> Parameters, long Count)> modules) =>
    [
        .. modules
            .GroupBy(m => $"{m.Path}: {m.Name} {string.Join(", ", m.Parameters.Select(p => $"{p.Name}={p.Value}").Order())}")
            .Select(g => $"{g.Key} x {g.Sum(m => m.Count)}")
            .Order(StringComparer.Ordinal),
    ];
}
