using System.Security.Cryptography;
using System.Text.Json;

namespace LutDla.Rtl.Tools;

/// <summary>What a finished entry of the cache holds. It is written last: a folder without it is no entry.</summary>
internal sealed record EntryManifest(string Generator, IReadOnlyList<EntryManifest.File> Files)
{
    public const string FileName = "entry.json";

    private const string OwnGenerator = "lutdla";

    /// <param name="IsExecutable">For the user who made it.</param>
    internal sealed record File(string Path, long Bytes, string Sha256, bool IsExecutable);

    public long Bytes => Files.Sum(f => f.Bytes);

    /// <summary>Lists the files of a folder, in it.</summary>
    public static void Write(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => FileOf(folder, System.IO.Path.GetRelativePath(folder, f))).OfType<File>();
        System.IO.File.WriteAllBytes(
            System.IO.Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(new EntryManifest(OwnGenerator, [.. files])));
    }

    /// <returns>Nothing where the text is no manifest.</returns>
    public static EntryManifest? Read(Stream text)
    {
        try
        {
            return JsonSerializer.Deserialize<EntryManifest>(text) is { Generator: OwnGenerator, Files: not null } manifest
                && manifest.Files.All(f => f is { Path: not null } && !f.Path.Contains('\0')) ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every file is there, byte for byte.</summary>
    public bool Describes(string folder) => Files.All(f => f == FileOf(folder, f.Path));

    private static File? FileOf(string folder, string path)
    {
        var file = new FileInfo(System.IO.Path.Combine(folder, path));
        if (!file.Exists)
            return null;
        using var content = file.OpenRead();
        var isExecutable = !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        return new File(path, file.Length, Convert.ToHexStringLower(SHA256.HashData(content)), isExecutable);
    }
}
