using LutDla.Boundary;
using LutDla.Networks.Data;

namespace LutDla.Training.Tests.Tokens;

public sealed class TokenFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sequences_are_cut_by_their_lengths()
    {
        Write([1, 0, 2, 0, 3, 0, 4, 0, 0, 1], "[3, 2]");

        var data = TokenFolder.Read(_folder.Path, DatasetPart.Test, vocabulary: 300, longest: 3);

        Assert.Equal(2, data.Count);
        Assert.Equal([1, 2, 3], data.Sequence(0).ToArray());
        Assert.Equal([4, 256], data.Sequence(1).ToArray());
        Assert.Equal([1, 2, 3], data.Take(1).Tokens);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 2, 0, 3 }, "[2]", "bytes = 5: Each token has 2 bytes")]
    [InlineData(new byte[] { 1, 0, 2, 0 }, "[3]", "tokens = 2: The lengths in ")]
    [InlineData(new byte[] { 1, 0, 9, 0 }, "[2]", "token 1 = 9: It must be 0 to 8.")]
    [InlineData(new byte[] { 1, 0 }, "[1]", "lengths[0] = 1: It must be 2 to 3.")]
    [InlineData(new byte[] { 1, 0, 1, 0, 1, 0, 1, 0 }, "[4]", "lengths[0] = 4: It must be 2 to 3.")]
    [InlineData(new byte[] { 1, 0 }, "[]", "lengths = none: There must be a sequence.")]
    [InlineData(new byte[] { 1, 0 }, "[1.5]", "lengths = not readable: It must be a list of whole numbers")]
    [InlineData(new byte[] { 1, 0 }, "{}", "lengths = not readable: It must be a list of whole numbers")]
    [InlineData(new byte[] { 1, 0 }, "[", "lengths = not readable: It must be a list of whole numbers")]
    public void Broken_files_are_refused(byte[] tokens, string lengths, string problem)
    {
        Write(tokens, lengths);
        Refused(problem);
    }

    [Theory]
    [InlineData("{ \"length\": [2] }")]
    [InlineData("[2]")]
    public void Lengths_that_are_missing_are_said_to_be(string json)
    {
        Write([1, 0, 2, 0], "[2]");
        _folder.Write("eval_lengths.json", System.Text.Encoding.UTF8.GetBytes(json));

        Refused("lengths = missing: It must say how many tokens each sequence has. Write an object such as { \"lengths\": [12, 7] }.");
    }

    [Fact]
    public void Missing_files_are_refused() => Refused("file = not readable");

    [Fact]
    public void Lengths_whose_sum_32_bits_do_not_hold_are_refused()
    {
        Write([1, 0, 2, 0], $"[{string.Concat(Enumerable.Repeat("16384,", 1 << 18))}2]");
        var problem = Assert.Throws<InvalidInputException>(() => TokenFolder.Read(_folder.Path, DatasetPart.Test, 9, 16384));
        Assert.Contains("need 4294967298.", problem.Message, StringComparison.Ordinal);
    }

    private void Refused(string problem) => Assert.Contains(
        problem, Assert.Throws<InvalidInputException>(() => TokenFolder.Read(_folder.Path, DatasetPart.Test, 9, 3)).Message,
        StringComparison.Ordinal);

    private void Write(byte[] tokens, string lengths)
    {
        _folder.Write("eval_tokens_u16le.bin", tokens);
        _folder.Write("eval_lengths.json", System.Text.Encoding.UTF8.GetBytes($$"""{"sequences": 1, "lengths": {{lengths}}}"""));
    }
}
