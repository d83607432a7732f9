using LutDla.Exploration.Liberty;

namespace LutDla.Tests.Liberty;

public sealed class LibertyFunctionTests
{
    private static readonly string[] Inputs = ["A", "B", "C"];

    // Row k has A in bit 0 of k, B in bit 1, C in bit 2.
    [Theory]
    [InlineData("A", 0b1010_1010)]
    [InlineData("(C)", 0b1111_0000)]
    [InlineData("!A", 0b0101_0101)]
    [InlineData("A'", 0b0101_0101)]
    [InlineData("A''", 0b1010_1010)]
    [InlineData("!(A')", 0b1010_1010)]
    [InlineData("A&B", 0b1000_1000)]
    [InlineData("A*B", 0b1000_1000)]
    [InlineData("A B", 0b1000_1000)]
    [InlineData("(A)(B)", 0b1000_1000)]
    [InlineData("A|B", 0b1110_1110)]
    [InlineData("A + B", 0b1110_1110)]
    [InlineData("A^B^C", 0b1001_0110)]
    [InlineData("A ^ B & C", 0b0110_0000)] // (A ^ B) & C
    [InlineData("A | B C", 0b1110_1010)]
    [InlineData("(A&B) | (A&C) | (B&C)", 0b1110_1000)]
    [InlineData("1", 0b1111_1111)]
    [InlineData("0", 0b0000_0000)]
    [InlineData(" ( !A & B ) ", 0b0100_0100)]
    public void A_function_is_a_table(string function, int table) => Assert.Equal((ulong)table, LibertyFunction.Table(function, Inputs));

    [Theory]
    [InlineData("")]
    [InlineData("D")]
    [InlineData("A &")]
    [InlineData("& A")]
    [InlineData("(A")]
    [InlineData("A)")]
    [InlineData("IQ")]
    [InlineData("A ? B : C")]
    [InlineData("'")]
    public void What_is_no_function_of_the_inputs_has_no_table(string function) => Assert.Null(LibertyFunction.Table(function, Inputs));

    [Fact]
    public void A_long_text_is_not_followed_into_its_brackets() => Assert.Null(LibertyFunction.Table(new string('(', 1_000_000), Inputs));

    [Fact]
    public void Seven_inputs_are_too_many() => Assert.Null(LibertyFunction.Table("A", ["A", "B", "C", "D", "E", "F", "G"]));
}
