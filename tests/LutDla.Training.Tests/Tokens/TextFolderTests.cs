using System.IO.Compression;
using System.Text;
using LutDla.Boundary;
using LutDla.Networks.Data;

namespace LutDla.Training.Tests.Tokens;

public sealed class TextFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Words_that_occur_twice_become_tokens_and_quoted_fields_are_whole()
    {
        Write("train.csv", "text,category\n\"A card, a card?\",x\n\"My card, a \"\"gold\"\"\ncard!\",b\nno words?,x\n");
        Write("test.csv", "text,category\nCARD gold;,b\n?,x\n\"\",x\n");

        var (train, test) = (TextFolder.Read(_folder.Path, DatasetPart.Train), TextFolder.Read(_folder.Path, DatasetPart.Test));

        // By frequency, then by character: card (4), a (3), then the quote, the comma and the question mark, twice each.
        Assert.Equal((6, 2), (train.Vocabulary, train.Classes));
        Assert.Equal([2, 1, 4, 2, 1, 5], train.Sequence(0).ToArray());
        Assert.Equal([0, 1, 4, 2, 3, 0, 3, 1, 0], train.Sequence(1).ToArray());
        Assert.Equal([1, 0, 1], train.Labels);
        Assert.Equal([1, 0, 0], test.Sequence(0).ToArray());
        Assert.Equal([0], test.Sequence(2).ToArray());
        Assert.Equal([0, 1, 1], test.Labels);
    }

    [Fact]
    public void A_vocabulary_has_as_many_words_as_an_artefact_may_have()
    {
        var texts = Enumerable.Range(0, 70_000).Select(i => $"w{i} w{i} often often often");

        var vocabulary = WordVocabulary.Of(texts, minimum: 2);

        Assert.Equal(65_536, vocabulary.Count);
        Assert.Equal([1], vocabulary.Tokens("often", longest: 5));
    }

    [Theory]
    [InlineData("label,text\na,b\n", "line 1 = label,text: It must be text,category.")]
    [InlineData("text,category\n", "lines = none: There must be a text.")]
    [InlineData("text,category\na,b,c\n", "line 2 = 3 fields: It must have a text and a category.")]
    [InlineData("text,category\na,\n", "line 2 = 2 fields: It must have a text and a category.")]
    [InlineData("text,category\nok,b\n\"open,b\n", "line 3 = cut: A quote is opened and not closed.")]
    public void Broken_files_are_refused(string content, string problem)
    {
        Write("train.csv", content);
        Refused(DatasetPart.Train, problem);
    }

    [Fact]
    public void A_few_bytes_that_unpack_to_many_are_refused()
    {
        using (var packed = new GZipStream(File.Create(_folder.File("train.csv")), CompressionLevel.Fastest))
        {
            for (var i = 0; i < 65; i++) packed.Write(new byte[1 << 20]);
        }

        Refused(DatasetPart.Train, "size = more than 67108864 bytes: A file may have no more, unpacked.");
    }

    [Fact]
    public void Categories_of_the_test_must_be_known()
    {
        Write("train.csv", "text,category\na,b\nb,c\n");
        Write("test.csv", "text,category\na,b\na,d\n");
        Refused(DatasetPart.Test, "category in line 3 = d: A training text must have it, too.");
    }

    [Fact]
    public void Missing_files_are_refused() => Refused(DatasetPart.Test, "The file must be readable.");

    [Fact]
    public void What_only_starts_like_a_packed_file_is_refused()
    {
        _folder.Write("train.csv", [0x1F, 0x8B, 0, 1, 2, 3]);
        Refused(DatasetPart.Train, "contents = ");
    }

    private void Refused(DatasetPart part, string problem) => Assert.Contains(
        problem, Assert.Throws<InvalidInputException>(() => TextFolder.Read(_folder.Path, part)).Message, StringComparison.Ordinal);

    private void Write(string name, string content) => _folder.Write(name, Encoding.UTF8.GetBytes(content));
}
