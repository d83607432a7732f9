using System.Globalization;
using System.Text;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// What became of every mutant. One that stands in several designs counts once: it is killed where any of them shows it, and proven
/// only where it is without effect in all, since a proof holds for the parameters of its design.
/// </summary>
internal sealed class MutantReport
{
    private readonly Dictionary<string, (TokenMutant Mutant, bool IsKilled, bool IsDoubtful)> _fates = [];
    private readonly Lock _gate = new(); // mutants end on several threads

    /// <summary>Neither killed nor shown to be without effect.</summary>
    public IReadOnlyList<string> Survivors => Those("survived");

    /// <summary>Whether a design with it may still tell something.</summary>
    public bool IsOpen(TokenMutant mutant) => !_fates.TryGetValue(mutant.Key, out var known) || !known.IsKilled;

    /// <summary>What one design tells of a mutant.</summary>
    /// <param name="isProven">Of one that was not killed: that it has no effect there.</param>
    public void Add(TokenMutant mutant, bool isKilled, bool isProven)
    {
        lock (_gate)
        {
            var known = _fates.GetValueOrDefault(mutant.Key);
            _fates[mutant.Key] = (mutant, known.IsKilled || isKilled, known.IsDoubtful || !(isKilled || isProven));
        }
    }

    /// <summary>A table by file, then all that were not killed.</summary>
    public string Text()
    {
        var text = new StringBuilder("file                              mutants  killed  proven  explained  survived\n");
        foreach (var file in _fates.Values.GroupBy(f => f.Mutant.File).OrderBy(f => f.Key, StringComparer.Ordinal))
            Row(text, file.Key, file);
        Row(text, "all", _fates.Values);
        foreach (var fate in new[] { "proven", "explained", "survived" })
        {
            foreach (var mutant in Those(fate))
                text.Append(CultureInfo.InvariantCulture, $"{fate}: {mutant}\n");
        }

        return text.ToString();
    }

    private IReadOnlyList<string> Those(string fate) =>
        [.. _fates.Where(f => Fate(f.Value) == fate).Select(f => f.Key).Order(StringComparer.Ordinal)];

    private static void Row(StringBuilder text, string name, IEnumerable<(TokenMutant Mutant, bool IsKilled, bool IsDoubtful)> fates)
    {
        int Count(string fate) => fates.Count(f => Fate(f) == fate);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{name,-34}{fates.Count(),7}{Count("killed"),8}{Count("proven"),8}{Count("explained"),11}{Count("survived"),10}\n");
    }

    private static string Fate((TokenMutant Mutant, bool IsKilled, bool IsDoubtful) fate) =>
        fate.IsKilled ? "killed"
        : !fate.IsDoubtful ? "proven"
        : KnownEquivalents.Reasons.ContainsKey(fate.Mutant.Key) ? "explained" : "survived";
}
