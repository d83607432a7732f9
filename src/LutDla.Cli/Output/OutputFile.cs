using LutDla.Boundary;

namespace LutDla.Cli.Output;

/// <summary>Where results go.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a place that could not be written: before hours of work, not after. A device or a pipe is not touched.</summary>
    /// <exception cref="InvalidInputException">
    /// It has no name, its folder does not exist, a folder has its name, or the user may not write it.
    /// </exception>
    public static string Check(string option, string path)
    {
        if (path.Length == 0)
            throw Refusal("(empty)", "must name a file.", "Add a file name.");
        try
        {
            var place = OutputPlace.Of(path);
            if (!Directory.Exists(Path.GetDirectoryName(place.Path)))
                throw Refusal(path, "must lie in a folder that exists.", "Make the folder first.");
            if (place.Existing is { Kind: FileKind.Folder })
                throw Refusal(path, "must be a file, and is a folder.", "Add a file name.");
            place.CheckWritable();
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refusal(
                path, $"must be a file that can be written: {error.Message}", "Name another place, or change who may write there.");
        }

        InvalidInputException Refusal(string value, string rule, string mend) => new("command line", option, value, rule, mend);
    }

    /// <summary>The file in which a stopped run is kept: beside the result, and none where that is a device or a pipe.</summary>
    public static string? Checkpoint(string path) => OutputPlace.Of(path).IsStream ? null : path + ".checkpoint";
}
