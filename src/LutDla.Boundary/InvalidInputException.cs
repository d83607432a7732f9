namespace LutDla.Boundary;

/// <summary>One fault of something that came from outside: a configuration, an artefact, a data file, a command line.</summary>
/// <param name="File">The file, or the name of the option or stream that took its place.</param>
/// <param name="Key">Where in it: a JSON path, a tensor name, a byte offset.</param>
/// <param name="Value">What is there.</param>
/// <param name="Rule">What should be there.</param>
/// <param name="Mend">What to do.</param>
public sealed record InputProblem(string File, string Key, string Value, string Rule, string Mend)
{
    public override string ToString() => $"{File}: {Key} = {Value}: {Rule} {Mend}";
}

/// <summary>Input from outside breaks its rules; holds every problem found, not only the first. The command line exits with 2.</summary>
public sealed class InvalidInputException(IReadOnlyList<InputProblem> problems)
    : Exception(string.Join('\n', problems.Select(p => p.ToString())))
{
    public InvalidInputException(string file, string key, string value, string rule, string mend)
        : this([new InputProblem(file, key, value, rule, mend)])
    {
    }

    public IReadOnlyList<InputProblem> Problems { get; } = problems;

    /// <summary>What is worth knowing besides; may be empty.</summary>
    public string Remark { get; init; } = "";
}
