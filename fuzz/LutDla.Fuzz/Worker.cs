using System.Text.Json;
using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz;

/// <summary>Runs inputs in a process of its own, which may die of one: it says what it begins.</summary>
internal static class Worker
{
    public static async Task<int> RunAsync(long first, long count, string faults)
    {
        using var seeds = await SeedFolder.CreateAsync();
        Campaign.HideTools(seeds.File("cache"));
        var campaign = new Campaign(seeds, CommandRun.InProcessAsync);
        for (var number = first; number < first + count; number++)
        {
            var input = FuzzInput.Of(seeds, number);
            Write(InputEnd.Begun(input));
            var verdict = await campaign.RunAsync(input);
            if (verdict.Fault is not null)
                new FaultFolder(faults).Keep(input, verdict.Fault);
            Write(InputEnd.Of(verdict));
        }

        return 0;
    }

    private static void Write(InputEnd end) => Console.Out.WriteLine(JsonSerializer.Serialize(end));
}
