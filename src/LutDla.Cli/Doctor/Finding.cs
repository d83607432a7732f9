namespace LutDla.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Name">The tool or data set.</param>
/// <param name="Version">What is there; null where nothing is.</param>
/// <param name="Required">Whether the demonstration or the tests need it.</param>
/// <param name="NeededFor">What stops without it.</param>
/// <param name="Mend">How to get it.</param>
internal sealed record Finding(string Name, string? Version, bool Required, string NeededFor, string Mend)
{
    /// <summary>It is there, and what needs it will refuse it.</summary>
    public bool IsTooOld { get; init; }

    public bool IsFound => Version is not null;

    /// <summary>Something must be done: a tool that is too old is worse than an optional one that is missing.</summary>
    public bool IsFault => IsTooOld || (Required && !IsFound);
}
