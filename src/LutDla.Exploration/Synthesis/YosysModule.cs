using System.Text.RegularExpressions;

namespace LutDla.Exploration.Synthesis;

/// <summary>A module as Yosys counts it.</summary>
/// <param name="Id">Yosys' name of it, parameters included.</param>
/// <param name="MemoryBits">Bits of the arrays in it, before mapping.</param>
/// <param name="Cells">How many of each cell or module are in it, without what is inside of those.</param>
internal sealed partial record YosysModule(string Id, long MemoryBits, IReadOnlyDictionary<string, int> Cells)
{
    /// <summary>Name in the source.</summary>
    public string BaseName => BaseNameOf(Id);

    public string ReadableName => ReadableNameOf(Id);

    public YosysModule With(string cell, int more) =>
        this with { Cells = new Dictionary<string, int>(Cells) { [cell] = Cells.GetValueOrDefault(cell) + more } };

    /// <summary>Name for people: <c>edge_latch_row (Width=8)</c>.</summary>
    public static string ReadableNameOf(string id)
    {
        var parameters = Parameter().Matches(id).Select(m => $"{m.Groups["name"].Value}={Convert.ToInt64(m.Groups["bits"].Value, 2)}");
        return id.StartsWith("$paramod\\", StringComparison.Ordinal)
            ? $"{BaseNameOf(id)} ({string.Join(", ", parameters)})"
            : id.StartsWith("$paramod$", StringComparison.Ordinal) ? $"{BaseNameOf(id)} ({id.Substring("$paramod$".Length, 8)})" : BaseNameOf(id);
    }

    public static string BaseNameOf(string id) =>
        id.StartsWith("$paramod", StringComparison.Ordinal) ? id.Split('\\')[1] : id;

    // Up to 32 bits, of which the sign is not shown: parameters of modules are counts and widths.
    [GeneratedRegex(@"\\(?<name>\w+)=s?32'(?<bits>[01]{32})")]
    private static partial Regex Parameter();
}
