namespace LutDla.Cosim.Tests.Mutation;

/// <summary>Mutants that change nothing which anyone could see, and why; those that Yosys proves are not listed.</summary>
internal static class KnownEquivalents
{
    /// <summary>Reasons by <see cref="TokenMutant.Key"/>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>();
}
