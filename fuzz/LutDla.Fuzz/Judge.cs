using System.Text.Json;

namespace LutDla.Fuzz;

/// <summary>Says whether a command ended as it may, whatever it was given.</summary>
internal static class Judge
{
    private const int ScreenLines = 60;

    private const int MissingTool = 3;

    private const string StackFrame = "   at LutDla.";

    /// <summary>What is wrong; null if nothing is.</summary>
    /// <param name="folder">Where the command ran: what it leaves behind is looked at, too.</param>
    public static string? Fault(FuzzInput input, CommandEnd end, string folder)
    {
        if (end.Exception.Length > 0)
            return $"unhandled: {end.Exception}";
        if (end.ExitCode == MissingTool)
            return input.Target.NeedsTool && end.Error.Contains("apt-get install", StringComparison.Ordinal) ? null : $"exit code 3: {end.Error}";
        if (end.ExitCode is < 0 or > 2)
            return $"exit code {end.ExitCode}: {end.Error}";
        if (end.ExitCode == 2 && end.Error.Trim().Length == 0)
            return "exit code 2 without a message";
        if (end.Error.Contains(StackFrame, StringComparison.Ordinal))
            return $"a stack trace: {end.Error}";
        if (end.Error.Count(c => c == '\n') > ScreenLines)
            return $"a message of more than {ScreenLines} lines";
        return LeftBehind(end, folder) ?? WrongJson(input, end, folder);
    }

    // Nothing half-written, and nothing at all where the input was bad.
    private static string? LeftBehind(CommandEnd end, string folder)
    {
        string[] left = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))];
        if (left.FirstOrDefault(name => name.EndsWith(".tmp", StringComparison.Ordinal)) is { } scratch)
            return $"{scratch} was left behind";
        return end.ExitCode == 2 ? left.Where(name => name.StartsWith("out", StringComparison.Ordinal)).Select(name => $"{name} was written").FirstOrDefault() : null;
    }

    private static string? WrongJson(FuzzInput input, CommandEnd end, string folder)
    {
        var at = Array.IndexOf(input.Arguments, "--json");
        if (end.ExitCode != 0 || at < 0 || at + 1 >= input.Arguments.Length)
            return null;
        var target = input.Arguments[at + 1];
        try
        {
            using var json = JsonDocument.Parse(target == "-" ? end.Output : File.ReadAllText(input.ArgumentsIn(folder)[at + 1]));
            return null;
        }
        catch (JsonException e)
        {
            return $"--json is no JSON: {e.Message}";
        }
    }
}
