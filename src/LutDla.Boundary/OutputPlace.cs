namespace LutDla.Boundary;

/// <summary>Where a file that is to be written really is: behind its links.</summary>
/// <param name="Path">Full; the last of a chain of links, which stay as they are.</param>
/// <param name="Existing">What is there now.</param>
/// <param name="IsStream">
/// A device, a pipe, or a file that another process has opened for this one (<c>/dev/stdout</c>): written to, never replaced.
/// </param>
public sealed record OutputPlace(string Path, FileStatus? Existing, bool IsStream)
{
    private const int LongestChain = 40; // as in the kernel

    // Links here name open files, not paths.
    private static readonly string[] OpenFiles = ["/proc/", "/dev/fd/", "/dev/stdout", "/dev/stderr"];

    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static OutputPlace Of(string path)
    {
        var place = System.IO.Path.GetFullPath(path);
        for (var links = 0; links < LongestChain; links++)
        {
            var isOpenFile = !OperatingSystem.IsWindows() && OpenFiles.Any(f => place.StartsWith(f, StringComparison.Ordinal));
            if (isOpenFile || new FileInfo(place).LinkTarget is not { } target)
            {
                var existing = FileStatus.Of(place);
                return new OutputPlace(place, existing, isOpenFile || existing is { Kind: FileKind.Special });
            }

            place = System.IO.Path.GetFullPath(target, System.IO.Path.GetDirectoryName(place) ?? place);
        }

        throw new IOException($"{path} is a link that leads to itself.");
    }

    /// <summary>The full path of what a path leads to, with no links in it, in its folders neither.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static string WithoutLinks(string path)
    {
        var place = System.IO.Path.TrimEndingDirectorySeparator(Of(System.IO.Path.TrimEndingDirectorySeparator(path)).Path);
        return System.IO.Path.GetDirectoryName(place) is { } folder
            ? System.IO.Path.Combine(WithoutLinks(folder), System.IO.Path.GetFileName(place))
            : place;
    }

    /// <summary>Finds out without changing anything that matters: a file is made beside the place and removed again.</summary>
    /// <inheritdoc cref="CheckOwnFile" path="/exception"/>
    public void CheckWritable()
    {
        if (IsStream)
            return;
        CheckOwnFile();
        new FileStream(
            Temporary(),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose })
            .Dispose();
    }

    /// <summary>Refuses an existing file that the user may not write, although renaming could replace it.</summary>
    /// <exception cref="IOException">It cannot be written, for a reason that the message holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write it.</exception>
    internal void CheckOwnFile()
    {
        if (Existing is not null)
            new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
    }

    /// <summary>A name in the same folder that nothing has.</summary>
    internal string Temporary() => $"{Path}.{System.IO.Path.GetRandomFileName()}.tmp";
}
