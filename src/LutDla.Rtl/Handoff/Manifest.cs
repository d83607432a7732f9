using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LutDla.Rtl.Handoff;

/// <summary>What a hand-off folder holds, with hashes: tells generated files from others, and whether someone edited them.</summary>
public static class Manifest
{
    public const string FileName = "manifest.json";

    private const int MaximumBytes = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static HandoffFile Of(string top, string version, IReadOnlyList<HandoffFile> files) => new(FileName, JsonSerializer.Serialize(
        new
        {
            Generator = "lutdla",
            Version = version,
            Top = top,
            Files = files.Select(f => new { f.Path, Bytes = Encoding.UTF8.GetByteCount(f.Text), Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(f.Text))) }),
        },
        Options) + "\n");

    /// <summary>The paths that a manifest lists; none where it is missing or is no manifest.</summary>
    public static IReadOnlyList<string> PathsOf(string manifestFile)
    {
        var file = new FileInfo(manifestFile);
        if (!file.Exists || file.Length > MaximumBytes)
            return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(manifestFile));
            return [.. json.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString() ?? "")];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }
}
