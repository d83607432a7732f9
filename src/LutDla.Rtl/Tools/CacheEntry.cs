namespace LutDla.Rtl.Tools;

/// <summary>A whole entry of the cache that this process uses: its manifest is held open, so that no process removes it.</summary>
internal sealed class CacheEntry : IDisposable
{
    private readonly FileStream _manifest;

    private CacheEntry(string path, FileStream manifest) => (Path, _manifest) = (path, manifest);

    public string Path { get; private set; }

    /// <summary>Takes an entry into use, if it is whole.</summary>
    /// <param name="now">Kept as the time of its last use.</param>
    /// <returns>Nothing where there is none, or a damaged one, or one that is being removed.</returns>
    public static CacheEntry? Open(string path, DateTimeOffset now)
    {
        FileStream? manifest = null;
        try
        {
            manifest = new FileStream(ManifestOf(path), FileMode.Open, FileAccess.Read, FileShare.Read);
            // Asked once more for its path: it may have been removed before it was locked.
            if (EntryManifest.Read(manifest)?.Describes(path) == true && File.Exists(ManifestOf(path)))
            {
                Touch(path, now);
                var entry = new CacheEntry(path, manifest);
                manifest = null;
                return entry;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there, being removed, or another user's.
        }
        finally
        {
            manifest?.Dispose();
        }

        return null;
    }

    /// <summary>Removes what is at a place, whole or not, unless a process uses it.</summary>
    /// <param name="records">See <see cref="LeasedFolder"/>.</param>
    /// <returns>Nothing is there any more.</returns>
    public static bool Remove(string path, string records)
    {
        try
        {
            using var alone = new FileStream(ManifestOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using var grave = new LeasedFolder(records, System.IO.Path.Combine(records, LeasedFolder.NewName()));
            Directory.Move(path, grave.Path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(path);
        }
    }

    public static string ManifestOf(string path) => System.IO.Path.Combine(path, EntryManifest.FileName);

    /// <summary>Gives the entry its place in the cache; it stays locked.</summary>
    /// <exception cref="IOException">Something is there.</exception>
    public void MoveTo(string path)
    {
        Directory.Move(Path, path);
        Path = path;
    }

    public void Dispose() => _manifest.Dispose();

    private static void Touch(string path, DateTimeOffset now)
    {
        try
        {
            File.SetLastWriteTimeUtc(ManifestOf(path), now.UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A cache that only others may write is as good.
        }
    }
}
