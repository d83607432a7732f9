using LutDla.Golden.Model;

namespace LutDla.Tests.Golden;

/// <summary>An artefact names its data by a name that leads nowhere else, and a file of examples by its checksum too.</summary>
public sealed class DataOriginTests
{
    private static readonly string Checksum = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Theory]
    [InlineData("cifar10", true)]
    [InlineData("a", true)]
    [InlineData("...", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../a", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\nb", false)]
    public void A_name_is_that_of_a_file_in_a_folder(string name, bool legal) =>
        Assert.Equal(legal, new DataOrigin(DataKind.Dataset, name).IsLegal);

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_name_has_at_most_255_characters(int length, bool legal) =>
        Assert.Equal(legal, new DataOrigin(DataKind.Texts, new string('a', length)).IsLegal);

    [Fact]
    public void Examples_have_a_checksum_and_nothing_else_has()
    {
        Assert.True(new DataOrigin(DataKind.Examples, "a", Checksum).IsLegal);
        Assert.All(
            [null, "", Checksum[1..], Checksum + "0", Checksum.ToUpperInvariant(), Checksum[1..] + "g", "g" + Checksum[1..]],
            checksum => Assert.False(new DataOrigin(DataKind.Examples, "a", checksum).IsLegal));
        Assert.All(
            [DataKind.Dataset, DataKind.Tokens, DataKind.Texts],
            kind => Assert.Equal((true, false), (new DataOrigin(kind, "a").IsLegal, new DataOrigin(kind, "a", Checksum).IsLegal)));
        Assert.False(new DataOrigin((DataKind)9, "a").IsLegal);
    }
}
