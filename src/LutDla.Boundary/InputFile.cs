namespace LutDla.Boundary;

/// <summary>Opens files from outside, and reads them as a whole: devices and pipes have no length that could be asked for.</summary>
public static class InputFile
{
    private const int PartBytes = 1 << 16;

    /// <summary>A file in which any place can be read.</summary>
    /// <exception cref="IOException">It cannot be read, or is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="ArgumentException">This is no path.</exception>
    public static FileStream Open(string path)
    {
        CheckNoFolder(path);
        // Before it is opened: that would wait until somebody writes to the pipe.
        return IsSpecial(path) ? throw new IOException($"{path} is a pipe or a device; copy it to a file first.") : OpenAny(path);
    }

    /// <summary>All bytes of a file, a pipe or a device; null if there are more than <paramref name="maximumBytes"/>.</summary>
    /// <exception cref="IOException">It cannot be read, or is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="ArgumentException">This is no path.</exception>
    /// <exception cref="OperationCanceledException">The program shall end, and nobody has written to the pipe.</exception>
    public static byte[]? Find(string path, int maximumBytes)
    {
        CheckNoFolder(path);
        return IsSpecial(path) ? OtherEnd.Await(Read) : Read();

        byte[]? Read()
        {
            using var stream = OpenAny(path);
            return Find(stream, maximumBytes);
        }
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

    private static FileStream OpenAny(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static bool IsSpecial(string path) => FileStatus.Of(path) is { Kind: FileKind.Special };

    private static void CheckNoFolder(string path)
    {
        if (FileStatus.Of(path) is { Kind: FileKind.Folder })
            throw new IOException($"{path} is a folder, not a file.");
    }
}
