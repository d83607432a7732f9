using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LutDla.Boundary;

namespace LutDla.Exploration.Liberty;

/// <summary>A Liberty file: its cells, and its text, from which subsets are cut for tools that would choose the wrong cells.</summary>
public sealed class LibertyLibrary
{
    private const int LargestBytes = 256 << 20;

    private readonly string _text;
    private readonly LibertyGroup _library;
    private readonly Dictionary<string, LibertyGroup> _groups;

    private LibertyLibrary(string file, string text)
    {
        (File, _text, _library) = (file, text, new LibertyParser(file, text).Parse());
        (LibertyGroup Group, string Name)[] cells = [.. _library.GroupsNamed("cell").Select(c => (c, LibertyNames.OfCell(file, c)))];
        _groups = cells.DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Group, StringComparer.Ordinal);
        Cells = _groups.ToDictionary(g => g.Key, g => LibertyCellReader.Read(file, g.Key, g.Value), StringComparer.Ordinal);
        Name = _library.Arguments.Count > 0 ? _library.Arguments[0] : "";
    }

    public string Name { get; }

    /// <summary>Of the text, in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text)));

    public IReadOnlyDictionary<string, LibertyCell> Cells { get; }

    /// <summary>For messages.</summary>
    internal string File { get; }

    /// <summary>All of it.</summary>
    internal LibertyGroup Group => _library;

    internal LibertyGroup CellGroup(string name) => _groups[name];

    /// <param name="path">A <c>.lib</c> file, or one packed with gzip.</param>
    /// <exception cref="InvalidInputException">It is missing, too large, or no Liberty file.</exception>
    public static LibertyLibrary Load(string path)
    {
        if (!Path.Exists(path))
            throw new InvalidInputException(
                "liberty", path, "absent", "The Liberty file must exist.", "Give the path of a .lib or .lib.gz file.");
        try
        {
            return Parse(path, Encoding.UTF8.GetString(ReadAll(path) ?? throw TooLarge(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, "Give the path of a .lib or .lib.gz file.");
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException(path, "gzip", e.Message, "The file must be whole.", "Copy it again.");
        }
    }

    /// <param name="file">For messages.</param>
    public static LibertyLibrary Parse(string file, string text) => new(file, text);

    /// <summary>The library without the cells that are not wanted; tables, units and defaults stay.</summary>
    public string TextOf(Func<LibertyCell, bool> wanted)
    {
        var kept = new StringBuilder(_text.Length);
        var from = 0;
        foreach (var cell in _library.GroupsNamed("cell"))
        {
            kept.Append(_text, from, cell.Start - from);
            from = cell.End;
            if (_groups[cell.Arguments[0]] == cell && wanted(Cells[cell.Arguments[0]]))
                kept.Append(_text, cell.Start, cell.End - cell.Start);
        }

        return kept.Append(_text, from, _text.Length - from).ToString();
    }

    // Sizes are checked while unpacking, because a small packed file may hold a very large one.
    private static byte[]? ReadAll(string path)
    {
        var bytes = InputFile.Find(path, LargestBytes);
        if (bytes is null || !path.EndsWith(".gz", StringComparison.Ordinal))
            return bytes;
        using var text = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return InputFile.Find(text, LargestBytes);
    }

    private static InvalidInputException TooLarge(string path) => new(
        path, "size", $"over {LargestBytes} bytes", "A Liberty file has at most 256 MiB.", "Give the library of one corner.");
}
