using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LutDla.Boundary;

/// <summary>Tells formats of files apart by their first bytes.</summary>
public static class FileFormats
{
    /// <summary>As many bytes as are needed: the mark of a tar archive comes last.</summary>
    public const int StartBytes = TarMark + 5;

    private const int TarMark = 257;

    private const int ZipNameLength = 26;

    private const int ZipName = 30;

    /// <summary>Tag of <c>ir_version</c>, the first field of an ONNX model.</summary>
    private const byte OnnxStart = 1 << 3;

    private const byte PickleProtocol = 0x80;

    private static readonly (int Place, byte[] Mark, FileFormat Format)[] Marks =
    [
        (0, [0x89, .. "HDF\r\n\x1a\n"u8], FileFormat.Hdf5),
        (0, [0x93, .. "NUMPY"u8], FileFormat.Numpy),
        (0, [.. "GGUF"u8], FileFormat.Gguf),
        (4, [.. "TFL3"u8], FileFormat.TensorFlowLite),
        (0, [0x1f, 0x8b], FileFormat.Compressed),
        (0, [.. "BZh"u8], FileFormat.Compressed),
        (0, [0xfd, .. "7zXZ\0"u8], FileFormat.Compressed),
        (0, [0x28, 0xb5, 0x2f, 0xfd], FileFormat.Compressed),
        (0, [0x89, .. "PNG"u8], FileFormat.Picture),
        (0, [0xff, 0xd8, 0xff], FileFormat.Picture),
        (TarMark, [.. "ustar"u8], FileFormat.Tar),
        (0, [.. "version https://git-lfs"u8], FileFormat.LargeFilePointer),
    ];

    /// <summary>The format of a file; null where it is none of these or cannot be read.</summary>
    public static FileFormat? Of(string path)
    {
        try
        {
            using var stream = InputFile.Open(path);
            return Of(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The same of an open file, from its beginning; leaves it there.</summary>
    /// <param name="stream">One that can seek.</param>
    public static FileFormat? Of(Stream stream)
    {
        var start = new byte[StartBytes];
        stream.Position = 0;
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return Of(start.AsSpan(0, read), stream.Length);
    }

    /// <param name="start">The first <see cref="StartBytes"/> of a file, or all where it is shorter.</param>
    public static FileFormat? Of(ReadOnlySpan<byte> start, long fileBytes)
    {
        if (start.IsEmpty) return FileFormat.Empty;
        // A header's length, and the header: JSON. Other formats may begin with the same byte, but not with a length that fits.
        if (start.Length > sizeof(ulong) && start[sizeof(ulong)] == (byte)'{'
            && BinaryPrimitives.ReadUInt64LittleEndian(start) < (ulong)fileBytes)
        {
            return FileFormat.Safetensors;
        }

        foreach (var (place, mark, format) in Marks)
        {
            if (start.Length >= place + mark.Length && start[place..].StartsWith(mark)) return format;
        }

        if (start.StartsWith("PK\u0003\u0004"u8)) return Archive(start);
        return start switch
        {
            [PickleProtocol, >= 2 and <= 5, ..] => FileFormat.Pickle,
            [OnnxStart, ..] => FileFormat.Onnx,
            _ => Written(start),
        };
    }

    // By the name of the first file in it.
    private static FileFormat Archive(ReadOnlySpan<byte> start)
    {
        if (start.Length < ZipName) return FileFormat.Zip;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(start[ZipNameLength..]);
        var name = Encoding.UTF8.GetString(start[ZipName..Math.Min(start.Length, ZipName + length)]);
        return name switch
        {
            _ when name.EndsWith(".npy", StringComparison.Ordinal) => FileFormat.NumpyArchive,
            _ when name.EndsWith("/data.pkl", StringComparison.Ordinal) || name.EndsWith("/.format_version", StringComparison.Ordinal) =>
                FileFormat.TorchArchive,
            "metadata.json" or "config.json" or "model.weights.h5" => FileFormat.KerasArchive,
            _ => FileFormat.Zip,
        };
    }

    private static FileFormat? Written(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith(Encoding.UTF8.Preamble) ? start[Encoding.UTF8.Preamble.Length..] : start;
        for (var rest = text; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (status == OperationStatus.NeedMoreData) break; // cut by the end of the start
            if (status != OperationStatus.Done || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r'))) return null;
            rest = rest[length..];
        }

        text = text.TrimStart(" \t\r\n"u8);
        return text switch
        {
            [(byte)'{' or (byte)'[', ..] => FileFormat.Json,
            [(byte)'<', ..] => FileFormat.WebPage,
            _ => FileFormat.Text,
        };
    }
}
