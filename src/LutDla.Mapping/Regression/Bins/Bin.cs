using LutDla.Hardware;

namespace LutDla.Mapping.Regression.Bins;

/// <summary>Something that a regression should have met.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="WhyNever">Why a core cannot meet it; nothing if it can.</param>
public sealed record Bin(string Name, Func<Core, string?> WhyNever)
{
    /// <summary>One that every core can meet.</summary>
    public Bin(string name)
        : this(name, _ => null)
    {
    }
}
