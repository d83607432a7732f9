namespace LutDla.Rtl.Linting;

/// <summary>What one tool had to say about a design: warnings and errors as it printed them.</summary>
public sealed record LintFinding(string Tool, string Messages);
