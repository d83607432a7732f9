using System.Buffers.Binary;

namespace LutDla.Networks.Data;

/// <summary>
/// The idx files of MNIST and Fashion-MNIST, plain or gzip: a big-endian magic number (0, 0, type 8 = bytes, number of dimensions), each
/// dimension as 32 bits, then the bytes.
/// </summary>
public static class IdxFile
{
    private const int MaximumCount = 1_000_000;

    private const int MaximumSide = 1024;

    private const int ClassCount = 10;

    /// <summary>Reads images (three dimensions: count, rows, columns) with their labels (one dimension).</summary>
    /// <exception cref="LutDla.Boundary.InvalidInputException">
    /// A file is missing, cut, too long, of another kind, or the two do not fit.
    /// </exception>
    public static Dataset Read(string name, string imagesPath, string labelsPath)
    {
        var images = ReadArray(imagesPath, dimensionCount: 3, out var shape);
        var labels = ReadArray(labelsPath, dimensionCount: 1, out _);
        if (labels.Length != shape[0])
            throw DataFile.Invalid(labelsPath, "count", $"{labels.Length}", $"{imagesPath} has {shape[0]} images.");
        CheckLabels(labels, ClassCount, labelsPath);
        return new Dataset
        {
            Name = name, Images = images, Labels = labels, Height = shape[1], Width = shape[2], Channels = 1, Classes = ClassCount,
        };
    }

    internal static void CheckLabels(byte[] labels, int classes, string path)
    {
        var wrong = Array.FindIndex(labels, label => label >= classes);
        if (wrong >= 0)
            throw DataFile.Invalid(path, $"label {wrong}", $"{labels[wrong]}", $"A label must be 0 to {classes - 1}.");
    }

    private static byte[] ReadArray(string path, int dimensionCount, out int[] shape)
    {
        using var stream = DataFile.Open(path);
        var header = new byte[4 + 4 * dimensionCount];
        DataFile.Fill(stream, header, path, "header");
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (magic != 0x0800 + dimensionCount)
            throw DataFile.Invalid(
                path, "magic number", $"0x{magic:X8}", $"It must be 0x{0x0800 + dimensionCount:X8}: bytes in {dimensionCount} dimensions.");

        shape = new int[dimensionCount];
        var bytes = 1L;
        for (var i = 0; i < dimensionCount; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i));
            var maximum = i == 0 ? MaximumCount : MaximumSide;
            if (size == 0 || size > maximum)
                throw DataFile.Invalid(path, $"dimension {i}", $"{size}", $"It must be 1 to {maximum}.");
            shape[i] = (int)size;
            bytes *= size;
        }

        if (bytes > DataFile.MaximumBytes)
            throw DataFile.Invalid(path, "size", $"{bytes} bytes", $"At most {DataFile.MaximumBytes} bytes are read.");
        return ReadBody(stream, (int)bytes, path);
    }

    private static byte[] ReadBody(Stream stream, int bytes, string path)
    {
        if (stream is FileStream file && file.Length - file.Position != bytes)
            throw DataFile.Invalid(path, "body", $"{file.Length - file.Position} bytes", $"{bytes} bytes are announced.");
        var body = new byte[bytes];
        DataFile.Fill(stream, body, path, "body");
        DataFile.ExpectEnd(stream, path);
        return body;
    }
}
