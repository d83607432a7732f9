namespace LutDla.Rtl.Linting;

/// <summary>Findings of all lint tools on one design.</summary>
public sealed record LintReport(string Top, IReadOnlyList<LintFinding> Findings)
{
    public bool IsClean => Findings.Count == 0;

    public override string ToString() => IsClean
        ? $"{Top}: clean"
        : string.Join('\n', Findings.Select(f => $"{Top}: {f.Tool}:\n{f.Messages}"));
}
