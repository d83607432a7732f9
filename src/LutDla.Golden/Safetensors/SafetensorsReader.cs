using System.Buffers.Binary;
using System.Collections.Immutable;
using LutDla.Boundary;

namespace LutDla.Golden.Safetensors;

/// <summary>
/// A safetensors file open for reading. The header is checked when the file is opened; the bytes of a tensor are read from disk when asked
/// for.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    /// <summary>The header's limit in the format's own implementation, bytes.</summary>
    internal const int MaximumHeaderBytes = 100_000_000;

    internal const int LengthBytes = sizeof(ulong);

    private readonly FileStream _stream;
    private readonly long _dataStart;
    private readonly ImmutableDictionary<string, TensorInfo> _byName;

    private SafetensorsReader(string path, FileStream stream)
    {
        (Path, _stream) = (path, stream);
        var headerBytes = ReadHeaderLength();
        var json = new byte[headerBytes];
        ReadAt(LengthBytes, json, "header");
        _dataStart = LengthBytes + headerBytes;
        var header = SafetensorsHeader.Parse(path, json, stream.Length - _dataStart);
        (Metadata, Tensors) = (header.Metadata, header.Tensors);
        _byName = Tensors.ToImmutableDictionary(t => t.Name, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>In file order.</summary>
    public ImmutableArray<TensorInfo> Tensors { get; }

    /// <exception cref="InvalidInputException">The file is missing, cut, or breaks a rule of the format.</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream stream;
        try
        {
            stream = InputFile.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, "Give the path of a safetensors file.");
        }

        try
        {
            // What is none of the known formats is told what it lacks.
            if (FileFormats.Of(stream) is { } format and not FileFormat.Safetensors)
                throw format.Wrong(path, "It must be a safetensors file.");
            return new SafetensorsReader(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The description of the tensor called <paramref name="name"/>, or null.</summary>
    public TensorInfo? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The description of the tensor called <paramref name="name"/>.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public TensorInfo Require(string name) => Find(name) ?? throw new InvalidInputException(
        Path, name, "missing", "The tensor is needed.", $"The file holds: {string.Join(", ", Tensors.Take(20).Select(t => t.Name))}.");

    /// <summary>The bytes of a tensor, little-endian and row-major.</summary>
    /// <exception cref="InvalidInputException">The tensor is longer than an array can be, or the file was cut meanwhile.</exception>
    public byte[] ReadBytes(TensorInfo tensor)
    {
        if (tensor.ByteCount > Array.MaxLength)
        {
            throw new InvalidInputException(Path, tensor.Name, $"{tensor.ByteCount} bytes",
                $"A tensor may have at most {Array.MaxLength} bytes.", "Split the tensor.");
        }

        var bytes = new byte[tensor.ByteCount];
        ReadAt(_dataStart + tensor.Offset, bytes, tensor.Name);
        return bytes;
    }

    public void Dispose() => _stream.Dispose();

    private int ReadHeaderLength()
    {
        if (_stream.Length < LengthBytes)
            throw Cut("file", $"{_stream.Length} bytes", $"It must begin with {LengthBytes} bytes of header length.");
        Span<byte> bytes = stackalloc byte[LengthBytes];
        ReadAt(0, bytes, "header length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > MaximumHeaderBytes)
            throw Cut("header length", $"{length}", $"It must be at most {MaximumHeaderBytes} bytes.");
        if ((long)length > _stream.Length - LengthBytes)
            throw Cut("header length", $"{length}", $"The file has only {_stream.Length - LengthBytes} bytes after it.");
        return (int)length;
    }

    private void ReadAt(long position, Span<byte> destination, string what)
    {
        _stream.Position = position;
        if (_stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) != destination.Length)
            throw Cut(what, "cut", "The file became shorter while it was read.");
    }

    private InvalidInputException Cut(string key, string value, string rule) =>
        new(Path, key, value, rule, "This is no safetensors file, or it was cut; get it again.");
}
