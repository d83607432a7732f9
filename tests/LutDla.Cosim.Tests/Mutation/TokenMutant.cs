using System.Text.RegularExpressions;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>A fault of one token in an expression of a design.</summary>
/// <param name="Number">From 1 on within its design; what a run chooses it by.</param>
/// <param name="File">The file, without the prefix of its design: <c>drain.v</c>.</param>
/// <param name="Line">In the rendered file, from 1 on.</param>
/// <param name="Sound">The expression as it is, with single spaces.</param>
/// <param name="Faulty">The expression with the fault.</param>
internal sealed partial record TokenMutant(int Number, string File, int Line, string Sound, string Faulty)
{
    /// <summary>The same in every design that has the file and the expression, whatever the widths of its constants.</summary>
    public string Key => Widths().Replace($"{File}: {Sound} -> {Faulty}", "'d");

    public override string ToString() => $"{File}:{Line}: {Sound} -> {Faulty}";

    [GeneratedRegex(@"\b\d+'d")]
    private static partial Regex Widths();
}
