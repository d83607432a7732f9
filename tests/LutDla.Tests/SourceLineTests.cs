namespace LutDla.Tests;

/// <summary>The sources of the repository against a limit of .editorconfig that no compiler checks.</summary>
public sealed class SourceLineTests
{
    // max_line_length.
    private const int Longest = 140;

    private static readonly string[] Built = ["artifacts", "bin", "build", "obj"];

    private static readonly EnumerationOptions NoHidden = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };

    [Fact]
    public void No_line_of_csharp_is_longer_than_140_characters()
    {
        var sources = Sources(Repository.Root).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(sources);
        var found = sources.SelectMany(LongLines).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static IEnumerable<string> Sources(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs", NoHidden),
        .. Directory.EnumerateDirectories(folder, "*", NoHidden).Where(f => !Built.Contains(Path.GetFileName(f))).SelectMany(Sources),
    ];

    private static IEnumerable<string> LongLines(string file) => File.ReadLines(file).Index()
        .Where(line => line.Item.Length > Longest)
        .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1} has {line.Item.Length} characters");
}
