using System.Collections.Concurrent;
using LutDla.Boundary;

namespace LutDla.Rtl.Tools;

/// <summary>
/// A folder that only this process uses. A record of it, locked as long as the process lives, lets a later process remove what
/// a killed one left behind; no folder is ever found by searching for names.
/// </summary>
internal sealed class LeasedFolder : IDisposable
{
    private const string NamePrefix = "lutdla-";
    private const string RecordSuffix = ".lease";

    private static readonly ConcurrentDictionary<string, bool> Tidied = new(StringComparer.Ordinal);

    private readonly FileStream _record;

    /// <param name="records">Where the record goes: the folder of a <see cref="ContentCache"/>.</param>
    /// <param name="path">The folder; its name is one of <see cref="NewName"/>.</param>
    /// <exception cref="InvalidInputException">No record can be written there.</exception>
    public LeasedFolder(string records, string path)
    {
        Path = path;
        try
        {
            Directory.CreateDirectory(records);
            var unfinished = System.IO.Path.Combine(records, System.IO.Path.GetRandomFileName());
            _record = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            using (var text = new StreamWriter(_record, leaveOpen: true))
                text.Write(path);
            File.Move(unfinished, unfinished + RecordSuffix); // under this name it is locked and whole
            RecordPath = unfinished + RecordSuffix;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                "environment", ContentCache.PlaceVariable, records, $"must be a folder that can be written: {error.Message}",
                $"Set {ContentCache.PlaceVariable} to such a folder.");
        }

        if (Tidied.TryAdd(records, true) && IsLocked)
            RemoveAbandoned(records);
    }

    public string Path { get; }

    /// <summary>Locks work here: some network file systems grant every lock, and then nobody knows what is in use.</summary>
    public bool IsLocked
    {
        get
        {
            try
            {
                new FileStream(RecordPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    private string RecordPath { get; }

    public static string NewName() => NamePrefix + System.IO.Path.GetRandomFileName();

    public void Dispose()
    {
        using (_record)
        {
            Remove(Path);
            File.Delete(RecordPath);
        }
    }

    // The folders of processes that are no more.
    private static void RemoveAbandoned(string records)
    {
        foreach (var record in Directory.EnumerateFiles(records, $"*{RecordSuffix}"))
        {
            try
            {
                using var alone = new FileStream(record, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                using var text = new StreamReader(alone);
                Remove(text.ReadToEnd());
                File.Delete(record);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or it is another user's.
            }
        }
    }

    private static void Remove(string path)
    {
        if (System.IO.Path.GetFileName(path).StartsWith(NamePrefix, StringComparison.Ordinal) && Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
