namespace LutDla.Rtl.Tools;

/// <summary>What lies in a cache: only folders with the manifest of an entry, whatever else is in the same place.</summary>
/// <param name="Entries">Unused longest first.</param>
public sealed record CacheContent(IReadOnlyList<CacheContent.Entry> Entries)
{
    /// <summary>Beside the kinds of entries: what is not finished, or on its way out.</summary>
    internal const string ScratchName = "scratch";

    private static readonly EnumerationOptions Readable = new();

    /// <param name="LastUse">Universal time.</param>
    public sealed record Entry(string Path, long Bytes, DateTime LastUse);

    public long Bytes => Entries.Sum(e => e.Bytes);

    internal static CacheContent Of(string root)
    {
        if (!Directory.Exists(root))
            return new CacheContent([]);
        var kinds = Directory.EnumerateDirectories(root, "*", Readable).Where(kind => System.IO.Path.GetFileName(kind) != ScratchName);
        var entries = kinds.SelectMany(kind => Directory.EnumerateDirectories(kind, "*", Readable)).Select(EntryAt).OfType<Entry>();
        return new CacheContent([.. entries.OrderBy(e => e.LastUse).ThenBy(e => e.Path, StringComparer.Ordinal)]);
    }

    /// <summary>Removes what is over the limits and not in use.</summary>
    /// <param name="records">See <see cref="LeasedFolder"/>.</param>
    internal void Trim(CacheLimits limits, DateTimeOffset now, string records)
    {
        var bytes = Bytes;
        foreach (var entry in Entries)
        {
            if ((now.UtcDateTime - entry.LastUse > limits.Age || bytes > limits.Bytes) && CacheEntry.Remove(entry.Path, records))
                bytes -= entry.Bytes;
        }
    }

    private static Entry? EntryAt(string path)
    {
        try
        {
            var file = new FileInfo(CacheEntry.ManifestOf(path));
            using var text = file.Open(FileMode.Open, FileAccess.Read, FileShare.Read);
            return EntryManifest.Read(text) is { } manifest ? new Entry(path, manifest.Bytes, file.LastWriteTimeUtc) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // none, or one that is being removed
        }
    }
}
