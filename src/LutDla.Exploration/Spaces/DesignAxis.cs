using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Spaces;

/// <summary>A value of a design that is free, and what it may be.</summary>
/// <param name="Values">At least one, each once, in the order in which a search goes up.</param>
public sealed record DesignAxis(DesignKey Key, IReadOnlyList<object> Values);
