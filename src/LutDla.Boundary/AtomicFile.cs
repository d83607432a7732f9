namespace LutDla.Boundary;

/// <summary>Writes a file whole or not at all: to a temporary name in the same folder, then by renaming.</summary>
/// <remarks>
/// A link stays, and what it leads to is replaced. Of a file with several names (hard links) only this name gets the new content.
/// An existing file keeps its permissions and, as far as the user may give files away, its owner; one that the user may not write
/// is not replaced. Devices, pipes and open files are written directly, and may have got a part when writing fails.
/// </remarks>
public static class AtomicFile
{
    /// <summary>
    /// Replaces <paramref name="path"/> by what <paramref name="write"/> writes; if that throws, the target is as it was before.
    /// </summary>
    /// <exception cref="IOException">There is no such folder, no room, or nobody who reads the pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write there.</exception>
    /// <exception cref="OperationCanceledException">The program shall end, and nobody reads the pipe.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var place = OutputPlace.Of(path);
        if (place.IsStream)
            OtherEnd.Await(() => WriteThrough(place, write));
        else
            Replace(place, write);
    }

    /// <summary>Writes the bytes of another file.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void Copy(string source, string path) => Write(path, stream =>
    {
        using var file = File.OpenRead(source);
        file.CopyTo(stream);
    });

    private static void WriteThrough(OutputPlace place, Action<Stream> write)
    {
        using var stream = new FileStream(place.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (place.Existing is { Kind: FileKind.Regular })
            stream.Seek(0, SeekOrigin.End); // what the process has printed stays
        write(stream);
    }

    private static void Replace(OutputPlace place, Action<Stream> write)
    {
        place.CheckOwnFile();
        var temporary = place.Temporary();
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (place.Existing is { } existing && !OperatingSystem.IsWindows())
                options.UnixCreateMode = existing.Permissions; // from the first byte on, nobody reads who could not before
            using (var stream = new FileStream(temporary, options))
                write(stream);
            place.Existing?.ApplyTo(temporary);
            File.Move(temporary, place.Path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException error) when (error.TargetSite?.DeclaringType == typeof(RandomAccess))
        {
            File.Delete(temporary);
            throw new IOException($"{place.Path}: {error.Message}", error); // what the runtime makes of a file that may not grow
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
