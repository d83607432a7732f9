namespace LutDla.Rtl.Tools;

/// <summary>
/// Finds programs on the search path and nowhere else: the runtime would look into the working folder first, where a file called
/// <c>make</c> may be anyone's.
/// </summary>
internal static class ProgramPath
{
    /// <param name="name">Of a program, or a path, which is left as it is.</param>
    /// <returns>Nothing where no folder of the search path has such a program.</returns>
    public static string? Find(string name) => Path.IsPathRooted(name) || OperatingSystem.IsWindows() ? name : Candidates(name).FirstOrDefault(IsProgram);

    private static IEnumerable<string> Candidates(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(Path.GetFullPath(folder), name));

    private static bool IsProgram(string path)
    {
        const UnixFileMode anyone = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & anyone) != 0;
    }
}
