namespace LutDla.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    public static IEnumerable<string> Configs => Directory.EnumerateFiles(File("configs"), "*.json").Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "LutDla.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"LutDla.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
