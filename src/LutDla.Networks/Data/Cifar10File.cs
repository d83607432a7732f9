namespace LutDla.Networks.Data;

/// <summary>The binary batches of CIFAR-10: records of a label, then 1024 red, 1024 green and 1024 blue bytes, row by row.</summary>
public static class Cifar10File
{
    private const int Side = 32;

    private const int ChannelCount = 3;

    private const int ClassCount = 10;

    private const int PlaneBytes = Side * Side;

    private const int RecordBytes = 1 + ChannelCount * PlaneBytes;

    /// <summary>Reads batches one after the other; the planes become interleaved channels.</summary>
    /// <exception cref="LutDla.Boundary.InvalidInputException">
    /// A file is missing, empty, not a whole number of records, or a label is not 0 to 9.
    /// </exception>
    public static Dataset Read(string name, IReadOnlyList<string> paths)
    {
        var batches = paths.Select(ReadBatch).ToArray();
        var bytes = batches.Sum(batch => (long)batch.Length);
        if (bytes > DataFile.MaximumBytes)
            throw DataFile.Invalid(
                paths[0], "size", $"{bytes} bytes in {paths.Count} batches",
                $"All batches together have at most {DataFile.MaximumBytes} bytes.");
        var count = (int)(bytes / RecordBytes);
        var images = new byte[count * ChannelCount * PlaneBytes];
        var labels = new byte[count];
        var image = 0;
        foreach (var batch in batches)
        {
            for (var start = 0; start < batch.Length; start += RecordBytes, image++)
            {
                labels[image] = batch[start];
                Interleave(batch.AsSpan(start + 1, RecordBytes - 1), images.AsSpan(image * ChannelCount * PlaneBytes));
            }
        }

        return new Dataset
        {
            Name = name, Images = images, Labels = labels, Height = Side, Width = Side, Channels = ChannelCount, Classes = ClassCount,
        };
    }

    private static byte[] ReadBatch(string path)
    {
        using var stream = DataFile.Open(path);
        if (stream is not FileStream file)
            throw DataFile.Invalid(path, "file", "a gzip file", "A CIFAR-10 batch must be unpacked.");
        if (file.Length == 0 || file.Length % RecordBytes != 0 || file.Length > DataFile.MaximumBytes)
            throw DataFile.Invalid(
                path, "size", $"{file.Length} bytes",
                $"It must be a whole number of records of {RecordBytes} bytes, at most {DataFile.MaximumBytes} bytes.");
        var batch = new byte[file.Length];
        DataFile.Fill(file, batch, path, "records");
        IdxFile.CheckLabels(
            [.. Enumerable.Range(0, batch.Length / RecordBytes).Select(record => batch[record * RecordBytes])], ClassCount, path);
        return batch;
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            for (var pixel = 0; pixel < PlaneBytes; pixel++)
                pixels[pixel * ChannelCount + channel] = planes[channel * PlaneBytes + pixel];
        }
    }
}
