using LutDla.Boundary;

namespace LutDla.Training.Recipe;

/// <summary>A number among the options and where it may lie, both ends included.</summary>
internal sealed record OptionRange(string Key, double Value, double Minimum, double Maximum)
{
    /// <summary>What is not a number is out of every range.</summary>
    private bool Holds => Value >= Minimum && Value <= Maximum;

    public static IEnumerable<InputProblem> Problems(IEnumerable<OptionRange> ranges) => ranges
        .Where(range => !range.Holds)
        .Select(range => new InputProblem(
            "conversion options", range.Key, $"{range.Value}", $"It must be {range.Minimum} to {range.Maximum}.", "Choose another value."));
}
