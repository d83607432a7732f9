using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Regression.Bins;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>
/// Many seeds over some designs. A seed always runs on the same of the designs: on number (seed modulo how many there are), so that it
/// can be run again alone.
/// </summary>
/// <param name="designs">At least one.</param>
public sealed class RegressionRun(IReadOnlyList<Core> designs)
{
    private static int Workers => Environment.ProcessorCount;

    /// <summary>A given design, if there is one, and random ones with the numbers from 0 on.</summary>
    public static IReadOnlyList<Core> Designs(DesignConfig? given, int randomCount) =>
    [
        .. given is null ? (Core[])[] : [Core.From(given)],
        .. Enumerable.Range(0, randomCount).Select(number => Core.From(RandomDesign.Of(number))),
    ];

    /// <summary>No seed is started any more when this says so.</summary>
    public Func<bool> IsTimeOver { get; init; } = () => false;

    /// <summary>Counts executed lines and toggled bits, which makes a simulator slower.</summary>
    public bool CountsCode { get; init; }

    /// <summary>Called after each seed, from any thread.</summary>
    public Action<SeedResult> Done { get; init; } = _ => { };

    /// <param name="firstSeed">From 0.</param>
    /// <exception cref="ToolException">A simulator cannot be built.</exception>
    public async Task<RegressionResult> RunAsync(int firstSeed, int seedCount, ContentCache cache, CancellationToken cancellation)
    {
        var seeds = Enumerable.Range(firstSeed, seedCount).GroupBy(seed => seed % designs.Count).ToList();
        using var scratch = new ScratchFolder();
        var collected = new Collected();

        async Task RunSeedAsync(SeedRun run, int seed)
        {
            if (IsTimeOver())
                return;
            var coverage = CountsCode ? scratch.File($"{seed}.dat") : null;
            var result = await run.RunAsync(seed, coverage, cancellation);
            collected.Add(result, coverage);
            Done(result);
        }

        async Task RunDesignAsync(IGrouping<int, int> ofDesign)
        {
            if (IsTimeOver())
                return;
            var core = designs[ofDesign.Key];
            var run = new SeedRun(core, await BuildAsync(core, cache, cancellation));
            await ForEachAsync(ofDesign, Workers / Math.Min(Workers, seeds.Count), seed => RunSeedAsync(run, seed), cancellation);
        }

        await ForEachAsync(seeds, Workers, RunDesignAsync, cancellation);
        return collected.Of([.. seeds.Select(s => designs[s.Key])]);
    }

    private async Task<StreamSimulator> BuildAsync(Core core, ContentCache cache, CancellationToken cancellation)
    {
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var design = DesignUnderTest.WithChecker(core, files) with { CountsCode = CountsCode };
        var effort = designs.Count == 1 ? SimulatorEffort.QuickRun : SimulatorEffort.QuickBuild;
        return await StreamSimulator.BuildAsync(design, effort, cache, cancellation);
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, int workers, Func<T, Task> work, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        return Parallel.ForEachAsync(items, options, async (item, _) => await work(item));
    }

    private sealed class Collected
    {
        private readonly Lock _gate = new(); // seeds end on several threads
        private readonly List<SeedResult> _seeds = [];
        private readonly BinCounts _bins = new();
        private readonly CodeCoverage _code = new();

        public void Add(SeedResult result, string? coverageFile)
        {
            lock (_gate)
            {
                _seeds.Add(result);
                _bins.Add(result.Bins);
                if (coverageFile is not null && File.Exists(coverageFile))
                    _code.Add(coverageFile);
            }
        }

        public RegressionResult Of(IReadOnlyList<Core> designs) => new(designs, [.. _seeds.OrderBy(s => s.Seed)], _bins, _code);
    }
}
