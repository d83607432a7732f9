using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz;

/// <summary>What became of an input.</summary>
/// <param name="Fault">Null if it ended as it may.</param>
internal sealed record Verdict(FuzzInput Input, CommandEnd End, string? Fault);

/// <summary>Runs inputs one after the other, each in a folder of its own.</summary>
internal sealed class Campaign(SeedFolder seeds, Func<string[], Task<CommandEnd>> run)
{
    public async Task<Verdict> RunAsync(FuzzInput input)
    {
        var folder = Directory.CreateTempSubdirectory("lutdla-fuzz-");
        try
        {
            input.WriteTo(folder.FullName);
            var end = await run(input.ArgumentsIn(folder.FullName));
            return new Verdict(input, end, Judge.Fault(input, end, folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public Task<Verdict> RunAsync(long number) => RunAsync(FuzzInput.Of(seeds, number));

    /// <summary>No tool can be started, and nothing that a run before has kept is found: what is looked for is in this program.</summary>
    public static void HideTools(string cache)
    {
        Environment.SetEnvironmentVariable("PATH", "");
        Environment.SetEnvironmentVariable("LUTDLA_CACHE", cache);
    }
}
