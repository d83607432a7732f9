namespace LutDla.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Name">The tool or data set.</param>
/// <param name="Version">What is there; null where nothing is.</param>
/// <param name="Required">Whether the demonstration or the tests need it.</param>
/// <param name="NeededFor">What stops without it.</param>
/// <param name="Mend">How to get it.</param>
internal sealed record Finding(string Name, string? Version, bool Required, string NeededFor, string Mend)
{
    public bool IsFound => Version is not null;
}
