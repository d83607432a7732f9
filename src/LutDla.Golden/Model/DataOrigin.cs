namespace LutDla.Golden.Model;

/// <summary>Where examples come from.</summary>
public enum DataKind
{
    /// <summary>A data set that is known by its name.</summary>
    Dataset,

    /// <summary>Somebody's own examples: a file.</summary>
    Examples,

    /// <summary>Sequences of tokens: a folder.</summary>
    Tokens,

    /// <summary>Labelled texts: a folder.</summary>
    Texts,
}

/// <summary>The data that a network was converted with, by name: what it can be tested with again. No arithmetic reads it.</summary>
/// <param name="Name">Of the data set, or of the file or folder without the way there: a hint for people, and no path.</param>
/// <param name="Sha256">Of a file of examples, 64 lower-case hexadecimal digits; null of all else.</param>
/// <param name="IsSplit">Whether the file holds the examples to convert with, too, and a part of it was kept for the test.</param>
public sealed record DataOrigin(DataKind Kind, string Name, string? Sha256 = null, bool IsSplit = false)
{
    private const int LongestName = 255;

    private const int ChecksumDigits = 64;

    /// <summary>
    /// Whether the name can be that of a file in a folder, so that it leads nowhere else, and a checksum is there where it must be.
    /// </summary>
    public bool IsLegal => Enum.IsDefined(Kind) && IsFileName(Name) && (Kind == DataKind.Examples ? IsChecksum(Sha256) : Sha256 is null);

    private static bool IsFileName(string name) =>
        name.Length is > 0 and <= LongestName && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));

    private static bool IsChecksum(string? text) => text?.Length == ChecksumDigits && text.All(char.IsAsciiHexDigitLower);
}
