using LutDla.Hardware;

namespace LutDla.Cli.Output;

/// <summary>Where results go.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a place that could not be written: before hours of work, not after.</summary>
    /// <exception cref="InvalidInputException">Its folder does not exist, or a folder has its name.</exception>
    public static string Check(string option, string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new InvalidInputException("command line", option, path, "must lie in a folder that exists.", "Make the folder first.");
        if (Directory.Exists(path))
            throw new InvalidInputException("command line", option, path, "must be a file, and is a folder.", "Add a file name.");
        return path;
    }
}
