using System.Text;
using LutDla.Boundary;
using LutDla.Rtl.Handoff;

namespace LutDla.Cli.Output;

/// <summary>A folder of generated files: appears whole or not at all, and never takes the place of files that something else wrote.</summary>
internal static class OutputFolder
{
    /// <summary>Refuses a place where no folder can be made.</summary>
    /// <exception cref="InvalidInputException">It has no name, or it or a folder above it is a file.</exception>
    public static string Check(string option, string path)
    {
        if (path.Length == 0)
            throw new InvalidInputException("command line", option, "(empty)", "must name a folder.", "Add a folder name.");
        for (var place = Path.GetFullPath(path); place is not null; place = Path.GetDirectoryName(place))
        {
            if (File.Exists(place))
                throw new InvalidInputException("command line", option, path, $"must be a folder; {place} is a file.", "Name another folder.");
        }

        return path;
    }

    /// <exception cref="InvalidInputException">The folder holds files that are not in the manifest of an earlier run.</exception>
    public static void Replace(string path, IReadOnlyList<HandoffFile> files)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        CheckReplaceable(target);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? throw new InvalidInputException("command line", "--out", path, "must not be a root folder.", "Name a folder of its own."));
        var scratch = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            foreach (var file in files)
            {
                var place = Path.Combine(scratch, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(place) ?? scratch);
                File.WriteAllText(place, file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }

            if (Directory.Exists(target))
                Directory.Delete(target, recursive: true);
            Directory.Move(scratch, target);
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    private static void CheckReplaceable(string target)
    {
        if (!Directory.Exists(target))
            return;
        HashSet<string> own = [.. Manifest.PathsOf(Path.Combine(target, Manifest.FileName)), Manifest.FileName];
        var foreign = Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(target, file))
            .Where(file => !own.Contains(file.Replace(Path.DirectorySeparatorChar, '/')))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        if (foreign is not null)
            throw new InvalidInputException("command line", "--out", target, $"must hold only what lutdla generated; {foreign} is something else.", "Name another folder, or move that file away.");
    }
}
