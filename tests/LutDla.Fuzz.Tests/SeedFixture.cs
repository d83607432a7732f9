using LutDla.Fuzz.Seeds;
using LutDla.Fuzz.Tests;

// Commands that run in this process share its standard streams.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(SeedFixture))]

namespace LutDla.Fuzz.Tests;

/// <summary>The seeds, once for all tests; tools cannot be found.</summary>
public sealed class SeedFixture : IAsyncLifetime
{
    internal SeedFolder Seeds { get => field ?? throw new InvalidOperationException("The seeds are not written yet."); private set; }

    public async ValueTask InitializeAsync()
    {
        Seeds = await SeedFolder.CreateAsync();
        Campaign.HideTools(Seeds.File("cache"));
    }

    public ValueTask DisposeAsync()
    {
        Seeds.Dispose();
        return ValueTask.CompletedTask;
    }
}
