using LutDla.Boundary;

namespace LutDla.Networks.Onnx.Format;

/// <summary>The bytes of files, with their size checked before memory is taken.</summary>
internal static class ModelFile
{
    /// <exception cref="OnnxFormatException">The file is larger than a model can be.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] ReadAll(string path)
    {
        using var stream = InputFile.Open(path);
        var limit = Math.Min(OnnxLimits.FileBytes, Array.MaxLength);
        if (stream.Length > limit)
            throw new OnnxFormatException(
                "file", $"{stream.Length} bytes", $"A model may have at most {limit} bytes; larger ones keep weights in external data.");
        return ReadAt(stream, 0, (int)stream.Length);
    }

    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public static byte[] ReadAt(FileStream stream, long offset, int length)
    {
        stream.Position = offset;
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
