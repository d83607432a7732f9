using LutDla.Rtl.Tools;

namespace LutDla.Tests;

/// <summary>Pipes and devices of a test's own: those of the system are nothing to try faults on.</summary>
internal static class SpecialFile
{
    public static Task MakePipeAsync(string path) => MakeAsync(path, "p");

    /// <summary>A device as <c>/dev/null</c>.</summary>
    public static Task MakeNullAsync(string path) => MakeAsync(path, "c", "1", "3");

    /// <summary>A device as <c>/dev/full</c>: there is never room.</summary>
    public static Task MakeFullAsync(string path) => MakeAsync(path, "c", "1", "7");

    private static async Task MakeAsync(string path, params string[] kind)
    {
        var made = await new ExternalTool("mknod", "coreutils").TryRunAsync("/", [path, .. kind], TestContext.Current.CancellationToken);
        if (made.ExitCode != 0)
            Assert.Skip($"Only root makes devices: {made.StandardError}");
    }
}
