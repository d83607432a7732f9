using LutDla.Boundary;

namespace LutDla.Cli.Output;

/// <summary>Where results go.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a place that could not be written: before hours of work, not after.</summary>
    /// <exception cref="InvalidInputException">It has no name, its folder does not exist, or a folder has its name.</exception>
    public static string Check(string option, string path)
    {
        if (path.Length == 0)
            throw new InvalidInputException("command line", option, "(empty)", "must name a file.", "Add a file name.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new InvalidInputException("command line", option, path, "must lie in a folder that exists.", "Make the folder first.");
        if (Directory.Exists(path))
            throw new InvalidInputException("command line", option, path, "must be a file, and is a folder.", "Add a file name.");
        return path;
    }
}
