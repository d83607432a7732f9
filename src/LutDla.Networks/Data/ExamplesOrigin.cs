using System.Security.Cryptography;
using LutDla.Boundary;
using LutDla.Golden.Model;

namespace LutDla.Networks.Data;

/// <summary>Files of examples as converted networks remember them.</summary>
public static class ExamplesOrigin
{
    /// <summary>What a network remembers of a file; null where its name cannot be kept.</summary>
    /// <param name="isSplit">Whether a part of it was kept for the test.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DataOrigin? Of(string path, bool isSplit) =>
        new DataOrigin(DataKind.Examples, Path.GetFileName(path), Checksum(path), isSplit) is { IsLegal: true } origin ? origin : null;

    /// <summary>
    /// The remembered file, if it lies beside the network: a file of that name in the same folder, with the same content. Nothing else is
    /// ever opened because a network names it.
    /// </summary>
    /// <param name="network">Path of the converted network.</param>
    public static string? FindBeside(string network, DataOrigin origin)
    {
        if (origin is not { Kind: DataKind.Examples, IsLegal: true }) return null;
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(network)) ?? "", origin.Name);
        return FileStatus.Of(path) is { Kind: FileKind.Regular } && IsSame(path, origin) ? path : null;
    }

    /// <summary>Whether a file is the remembered one, wherever it lies.</summary>
    public static bool IsSame(string path, DataOrigin origin) => origin.Sha256 is { } checksum && Checksum(path) == checksum;

    private static string Checksum(string path)
    {
        using var file = InputFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
