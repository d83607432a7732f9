using LutDla.Exploration.Liberty;

namespace LutDla.Cosim.Tests.Synthesis;

/// <summary>The Liberty files that tests use; a test is skipped with the reason where one is absent.</summary>
internal static class Libraries
{
    private const string Osu018Path = "/usr/share/qflow/tech/osu018/osu018_stdcells.lib";

    private static readonly Lazy<LibertyLibrary?> LoadedOsu018 = new(() => LoadIfPresent(Osu018Path));

    private static readonly Lazy<LibertyLibrary?> LoadedSky130 = new(
        () => Environment.GetEnvironmentVariable("LUTDLA_DATA") is { Length: > 0 } data
        ? LoadIfPresent(Path.Combine(data, "liberty", "sky130hd_tt.lib.gz"))
        : null);

    public static LibertyLibrary Osu018 => LoadedOsu018.Value ?? Skip($"{Osu018Path} is absent: apt-get install qflow-tech-osu018");

    public static LibertyLibrary Sky130 => LoadedSky130.Value ?? Skip("LUTDLA_DATA/liberty/sky130hd_tt.lib.gz is absent");

    private static LibertyLibrary? LoadIfPresent(string path) => File.Exists(path) ? LibertyLibrary.Load(path) : null;

    private static LibertyLibrary Skip(string reason)
    {
        Assert.Skip(reason);
        throw new InvalidOperationException(reason);
    }
}
