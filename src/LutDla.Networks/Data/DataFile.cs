using System.IO.Compression;
using LutDla.Boundary;

namespace LutDla.Networks.Data;

/// <summary>Reads data files from outside: what they announce is checked before memory is taken for it.</summary>
internal static class DataFile
{
    /// <summary>The most bytes that a data file may hold once unpacked: CIFAR-10 five times over.</summary>
    public const long MaximumBytes = 1L << 30;

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Opens a file, unpacking it where it starts like a gzip file.</summary>
    public static Stream Open(string path)
    {
        try
        {
            var file = InputFile.Open(path);
            Span<byte> start = stackalloc byte[2];
            var packed = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 2 && start.SequenceEqual(GzipMagic);
            file.Position = 0;
            return packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, "file", e.Message, "The file must be readable.");
        }
    }

    /// <summary>Fills <paramref name="target"/>, or says which part of the file is cut off.</summary>
    public static void Fill(Stream stream, Span<byte> target, string path, string part)
    {
        var read = Read(stream, target, path, part);
        if (read < target.Length)
            throw Invalid(path, part, $"{read} bytes", $"{target.Length} bytes are announced.");
    }

    /// <summary>All bytes of a file, unpacked, at most so many.</summary>
    public static byte[] Whole(string path, int maximumBytes)
    {
        using var file = Open(path);
        try
        {
            return InputFile.Find(file, maximumBytes)
                ?? throw Invalid(path, "size", $"more than {maximumBytes} bytes", "A file may have no more, unpacked.");
        }
        catch (InvalidDataException e)
        {
            throw Invalid(path, "contents", e.Message, "The gzip stream must be whole.");
        }
    }

    /// <summary>Refuses bytes after the announced end.</summary>
    public static void ExpectEnd(Stream stream, string path)
    {
        Span<byte> more = stackalloc byte[1];
        if (Read(stream, more, path, "end") > 0)
            throw Invalid(path, "end", "more bytes", "The file must end with the last announced byte.");
    }

    private static int Read(Stream stream, Span<byte> target, string path, string part)
    {
        try
        {
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw Invalid(path, part, e.Message, "The gzip stream must be whole.");
        }
    }

    public static InvalidInputException Invalid(string path, string key, string value, string rule) =>
        new(path, key, value, rule, "Install the data set again or name another file.");
}
