using System.Buffers.Binary;
using LutDla.Boundary;

namespace LutDla.Networks.Files;

/// <summary>What kind of file weights come in.</summary>
public enum WeightFormat
{
    /// <summary>Tensors by name with metadata: networks of <c>lutdla train</c>, decoders of the Llama family, published weights.</summary>
    Safetensors,

    /// <summary>A graph with its weights.</summary>
    Onnx,

    /// <summary>What torch.save writes, as archive or in the form before that.</summary>
    PyTorch,
}

/// <summary>Tells the formats apart.</summary>
internal static class WeightFormats
{
    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>Opcode PROTO and the protocol of the first pickle.</summary>
    private static ReadOnlySpan<byte> PickleMagic => [0x80, 2];

    /// <summary>The tag of <c>ir_version</c>, the first field of a model.</summary>
    private const byte OnnxStart = 1 << 3;

    /// <summary>By its first bytes. Where they say nothing its name does, so that a broken file is told what it lacks.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public static WeightFormat Of(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var start = new byte[sizeof(ulong) + 1];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return Recognise(start.AsSpan(0, read), stream.Length) ?? Named(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, "Give the path of a file of weights.");
        }
    }

    private static WeightFormat? Recognise(ReadOnlySpan<byte> start, long fileBytes)
    {
        // A header's length, and the header: JSON. Other formats may begin with the same byte, but not with a length that fits.
        if (start.Length > sizeof(ulong) && start[^1] == (byte)'{' && BinaryPrimitives.ReadUInt64LittleEndian(start) < (ulong)fileBytes)
            return WeightFormat.Safetensors;
        if (start.StartsWith(ZipMagic) || start.StartsWith(PickleMagic)) return WeightFormat.PyTorch;
        return start is [OnnxStart, ..] ? WeightFormat.Onnx : null;
    }

    private static WeightFormat Named(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".onnx" => WeightFormat.Onnx,
        ".th" or ".pt" or ".pth" => WeightFormat.PyTorch,
        _ => WeightFormat.Safetensors,
    };
}
