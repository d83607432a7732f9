namespace LutDla.Boundary;

/// <summary>
/// Reads files from outside as a whole, with a limit on what is read: devices and pipes have no length that could be asked for.
/// </summary>
public static class InputFile
{
    private const int PartBytes = 1 << 16;

    /// <summary>All bytes of a file; null if there are more than <paramref name="maximumBytes"/>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">This is no path.</exception>
    public static byte[]? Find(string path, int maximumBytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Find(stream, maximumBytes);
    }

    /// <summary>The same of what a stream still holds.</summary>
    public static byte[]? Find(Stream stream, int maximumBytes)
    {
        using var bytes = new MemoryStream();
        var part = new byte[PartBytes];
        for (int read; (read = stream.Read(part)) > 0; bytes.Write(part, 0, read))
        {
            if (bytes.Length + read > maximumBytes)
                return null;
        }

        return bytes.ToArray();
    }
}
