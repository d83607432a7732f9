using LutDla.Boundary;

namespace LutDla.Tests.Boundary;

public sealed class ProblemKindTests
{
    [Fact]
    public void Problems_that_differ_in_names_numbers_and_shapes_only_are_of_one_kind()
    {
        InputProblem[] problems =
        [
            new("net", "a", "missing", "It must be F32 [16, 1, 3, 3].", "Give another file."),
            new("net", "e.norm", "F32 [4]", "It must be F32 [16].", "Give another file."),
            new("net", "x7", "0", "It must be 1 to 255, or x7 would be nothing.", "Choose another value."),
            new("net", "x.8", "1,000.5", "It must be 1 to 16, or x.8 would be nothing.", "Choose another value."),
        ];

        Assert.Equal(["a e.norm", "x7 x.8"], Kinds(problems));
    }

    [Theory]
    [InlineData("other", "It must be 1.", "Choose.")]
    [InlineData("net", "It must be one.", "Choose.")]
    [InlineData("net", "It must be 1.", "Did you mean b?")]
    public void Another_file_rule_or_mend_is_another_kind(string file, string rule, string mend) =>
        Assert.Equal(["a", "b"], Kinds(new("net", "a", "0", "It must be 1.", "Choose."), new(file, "b", "0", rule, mend)));

    // Keys of one letter are in every rule.
    [Fact]
    public void Letters_within_words_are_no_names() =>
        Assert.Equal(["e f"], Kinds(new("net", "e", "x", "Every text.", "Mend it."), new("net", "f", "x", "Every text.", "Mend it.")));

    [Fact]
    public void Another_line_of_a_file_is_no_other_kind() =>
        Assert.Equal(["a b"], Kinds(new("f.json:2", "a", "1", "No key.", ""), new("f.json:31", "b", "1", "No key.", "")));

    [Fact]
    public void Kinds_stand_where_their_first_problem_stands() => Assert.Equal(
        ["a c", "b"], Kinds(new("net", "a", "0", "One.", ""), new("net", "b", "0", "Two.", ""), new("net", "c", "0", "One.", "")));

    private static IEnumerable<string> Kinds(params InputProblem[] problems) =>
        ProblemKind.Of(problems).Select(kind => string.Join(' ', kind.Problems.Select(problem => problem.Key)));
}
