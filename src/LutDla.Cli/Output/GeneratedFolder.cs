using LutDla.Boundary;
using LutDla.Rtl.Handoff;

namespace LutDla.Cli.Output;

/// <summary>A folder in which every file is as an earlier run generated it, so that it may be deleted.</summary>
/// <param name="permissions">Of the folder.</param>
/// <param name="files">Their paths below it.</param>
internal sealed class GeneratedFolder(FileStatus permissions, IReadOnlyList<string> files)
{
    /// <returns>Nothing where there is no folder.</returns>
    /// <exception cref="InvalidInputException">
    /// It holds something else: a file that the manifest does not list, or that was edited, a link, a folder.
    /// </exception>
    public static GeneratedFolder? Find(string folder)
    {
        if (FileStatus.Of(folder) is not { Kind: FileKind.Folder } status)
            return null;
        var hashes = Manifest.HashesOf(Path.Combine(folder, Manifest.FileName));
        HashSet<string> folders = [.. hashes.Keys.SelectMany(FoldersAbove)];
        var files = new List<string>();
        Collect(new DirectoryInfo(folder));
        return new GeneratedFolder(status, files);

        // Stops at the first thing that is none of ours: above it may be a whole home folder.
        void Collect(DirectoryInfo place)
        {
            foreach (var entry in place.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                var path = Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (entry.LinkTarget is null && entry is DirectoryInfo below && folders.Contains(path))
                    Collect(below);
                else if (IsRegular(entry) && path == Manifest.FileName)
                    files.Add(path);
                else if (!IsRegular(entry) || !hashes.TryGetValue(path, out var hash))
                    throw Refusal(folder, $"must hold only what lutdla generated; {path} is something else.");
                else if (Manifest.HashOf(entry.FullName) == hash)
                    files.Add(path);
                else
                    throw Refusal(folder, $"must hold only what lutdla generated; {path} was changed since.");
            }
        }
    }

    /// <summary>Gives another folder the permissions and, as far as the user may, the owner of this one.</summary>
    public void KeepPermissions(string other) => permissions.ApplyTo(other);

    /// <summary>Deletes what was found, and nothing that came since.</summary>
    /// <param name="place">Where the folder is now.</param>
    /// <exception cref="InvalidInputException">Something came since.</exception>
    public void Delete(string place)
    {
        try
        {
            foreach (var file in files)
                File.Delete(Path.Combine(place, file));
            foreach (var folder in files.SelectMany(FoldersAbove).Distinct().OrderByDescending(f => f.Length))
                Directory.Delete(Path.Combine(place, folder));
            Directory.Delete(place);
        }
        catch (IOException)
        {
            throw new InvalidInputException(
                "command line", "--out", place, "got files of something else while lutdla replaced it.", "Look what is in there.");
        }
    }

    private static bool IsRegular(FileSystemInfo entry) =>
        entry.LinkTarget is null && FileStatus.Of(entry.FullName) is { Kind: FileKind.Regular };

    // rtl/cells/a.v: rtl/cells and rtl.
    private static IEnumerable<string> FoldersAbove(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }

    private static InvalidInputException Refusal(string folder, string rule) =>
        new("command line", "--out", folder, rule, "Name another folder, or move that away.");
}
