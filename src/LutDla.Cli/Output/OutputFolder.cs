using System.Text;
using LutDla.Boundary;
using LutDla.Rtl.Handoff;

namespace LutDla.Cli.Output;

/// <summary>
/// A folder of generated files: appears whole or not at all, and never takes the place of files that something else wrote.
/// </summary>
internal static class OutputFolder
{
    /// <summary>Refuses a place where no folder can be made.</summary>
    /// <exception cref="InvalidInputException">It has no name, or it or a folder above it is a file.</exception>
    public static string Check(string option, string path)
    {
        if (path.Length == 0)
            throw new InvalidInputException("command line", option, "(empty)", "must name a folder.", "Add a folder name.");
        for (var place = OutputPlace.Of(path).Path; place is not null; place = Path.GetDirectoryName(place))
        {
            if (File.Exists(place))
                throw new InvalidInputException(
                    "command line", option, path, $"must be a folder; {place} is a file.", "Name another folder.");
        }

        return path;
    }

    /// <summary>Writes the files beside the folder, then lets the two change places. A link to a folder stays.</summary>
    /// <exception cref="InvalidInputException">
    /// The folder holds what no earlier run generated, another run is writing it, or it cannot be written.
    /// </exception>
    public static void Replace(string path, IReadOnlyList<HandoffFile> files)
    {
        try
        {
            var target = Path.TrimEndingDirectorySeparator(OutputPlace.Of(path).Path);
            Directory.CreateDirectory(
                Path.GetDirectoryName(target) ?? throw Refusal(path, "must not be a root folder.", "Name a folder of its own."));
            using var alone = Lock(target);
            Exchange(target, GeneratedFolder.Find(target), files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, $"must be a folder that can be written: {error.Message}", "Make room, or name another folder.");
        }
    }

    /// <summary>The file that keeps other runs away while a folder is written.</summary>
    public static string LockOf(string target) => $"{target}.lock";

    private static void Exchange(string target, GeneratedFolder? earlier, IReadOnlyList<HandoffFile> files)
    {
        var (made, old) = ($"{target}.{Path.GetRandomFileName()}.tmp", $"{target}.{Path.GetRandomFileName()}.old");
        try
        {
            Write(made, files);
            if (earlier is not null)
            {
                earlier.KeepPermissions(made);
                Directory.Move(target, old);
            }

            Directory.Move(made, target);
        }
        finally
        {
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
            if (Directory.Exists(old) && !Directory.Exists(target))
                Directory.Move(old, target);
        }

        earlier?.Delete(old);
    }

    private static void Write(string folder, IReadOnlyList<HandoffFile> files)
    {
        foreach (var file in files)
        {
            var place = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(place) ?? folder);
            AtomicFile.Write(place, stream => stream.Write(Encoding.UTF8.GetBytes(file.Text)));
        }
    }

    // The lock ends with the process; a file that a killed one left behind locks nothing.
    private static FileStream Lock(string target)
    {
        try
        {
            return new FileStream(
                LockOf(target), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(LockOf(target)))
        {
            throw Refusal(target, "is being written by another lutdla.", "Wait for that, or name another folder.");
        }
    }

    private static InvalidInputException Refusal(string path, string rule, string mend) => new("command line", "--out", path, rule, mend);
}
