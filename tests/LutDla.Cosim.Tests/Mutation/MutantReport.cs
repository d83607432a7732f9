using System.Globalization;
using System.Text;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// What became of every mutant. One that stands in several designs counts once, and is killed where any of them shows it.
/// </summary>
internal sealed class MutantReport
{
    private readonly Dictionary<string, (TokenMutant Mutant, string Fate)> _fates = [];
    private readonly Lock _gate = new(); // mutants end on several threads

    /// <summary>Neither killed nor shown to be without effect.</summary>
    public IReadOnlyList<string> Survivors =>
        [.. _fates.Where(f => f.Value.Fate == "survived").Select(f => f.Key).Order(StringComparer.Ordinal)];

    /// <summary>Whether a design with it may still tell something.</summary>
    public bool IsOpen(TokenMutant mutant) => !_fates.TryGetValue(mutant.Key, out var known) || known.Fate == "survived";

    public void Add(TokenMutant mutant, string? problem) =>
        Set(mutant, problem is not null ? "killed" : KnownEquivalents.Reasons.ContainsKey(mutant.Key) ? "explained" : "survived");

    public void AddProof(TokenMutant mutant, bool isProven)
    {
        if (isProven)
            Set(mutant, "proven");
    }

    /// <summary>A table by file, then all survivors.</summary>
    public string Text()
    {
        var text = new StringBuilder("file                              mutants  killed  proven  explained  survived\n");
        foreach (var file in _fates.Values.GroupBy(f => f.Mutant.File).OrderBy(f => f.Key, StringComparer.Ordinal))
            Row(text, file.Key, file);
        Row(text, "all", _fates.Values);
        foreach (var survivor in Survivors)
            text.Append(CultureInfo.InvariantCulture, $"survived: {survivor}\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, IEnumerable<(TokenMutant Mutant, string Fate)> fates)
    {
        int Count(string fate) => fates.Count(f => f.Fate == fate);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{name,-34}{fates.Count(),7}{Count("killed"),8}{Count("proven"),8}{Count("explained"),11}{Count("survived"),10}\n");
    }

    private void Set(TokenMutant mutant, string fate)
    {
        lock (_gate)
            _fates[mutant.Key] = (mutant, fate);
    }
}
