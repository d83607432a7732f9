using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Rtl.Handoff;

/// <summary>What a hand-off folder holds, with hashes: tells generated files from others, and whether someone edited them.</summary>
public static class Manifest
{
    public const string FileName = "manifest.json";

    private const int MaximumBytes = 1 << 20;
    private const string Generator = "lutdla";
    private const string Mend = "Move the folder away, or name another.";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static HandoffFile Of(string top, string version, IReadOnlyList<HandoffFile> files) => new(FileName, JsonSerializer.Serialize(
        new
        {
            Generator,
            Version = version,
            Top = top,
            Files = files.Select(f => (f.Path, Bytes: Encoding.UTF8.GetBytes(f.Text))).Select(
                f => new { f.Path, Bytes = f.Bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(f.Bytes)) }),
        },
        Options) + "\n");

    /// <summary>The hash of each file that a manifest lists, by its path below the folder; none where there is no manifest.</summary>
    /// <exception cref="InvalidInputException">It is no manifest of this program, or lists a path that leads out of the folder.</exception>
    public static IReadOnlyDictionary<string, string> HashesOf(string manifestFile)
    {
        if (FileStatus.Of(manifestFile) is not { Kind: FileKind.Regular })
            return new Dictionary<string, string>();
        var hashes = Read(manifestFile);
        return hashes.Keys.FirstOrDefault(LeadsOut) is { } stray
            ? throw new InvalidInputException(manifestFile, "files.path", stray, "must lie in the folder.", Mend)
            : hashes;
    }

    /// <summary>The hash of a file, as a manifest has it: 64 hexadecimal digits.</summary>
    public static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static Dictionary<string, string> Read(string manifestFile)
    {
        if (new FileInfo(manifestFile).Length > MaximumBytes)
            throw NoManifest(manifestFile, $"over {MaximumBytes} bytes");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(manifestFile));
            var manifest = JsonSection.Of(manifestFile, json, Mend);
            if (manifest.Text("generator") != Generator)
                throw manifest.Refuse("generator", $"must be {Generator}.");
            var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in manifest.Sections("files"))
            {
                if (!hashes.TryAdd(file.Text("path"), file.Text("sha256")))
                    throw file.Refuse("path", "must be listed once.");
            }

            return hashes;
        }
        catch (JsonException error)
        {
            throw NoManifest(manifestFile, error.Message);
        }
    }

    private static bool LeadsOut(string path) =>
        path.Contains('\\') || path.Contains('\0') || path.Split('/').Any(part => part is "" or "." or "..");

    private static InvalidInputException NoManifest(string file, string found) =>
        new(file, "manifest", found, "must be the manifest of an earlier run of lutdla generate.", Mend);
}
