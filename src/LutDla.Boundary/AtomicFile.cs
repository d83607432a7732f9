namespace LutDla.Boundary;

/// <summary>Writes a file whole or not at all: to a temporary name in the same folder, then by renaming.</summary>
public static class AtomicFile
{
    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> writes; if that throws, the target is as it was before.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
