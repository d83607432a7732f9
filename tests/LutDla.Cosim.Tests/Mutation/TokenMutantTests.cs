using System.Collections.Concurrent;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Cosimulation;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// Token faults in all templates and cells: the regression kills each, or Yosys proves it without effect. The tests take a sample of
/// one design; <c>scripts/mutants.sh</c> takes all and prints the table.
/// </summary>
public sealed class TokenMutantTests
{
    private const int SampleCount = 24;

    // Most mutants fall to the first seed. What outlives a few is tried by proof, which is cheaper than many more seeds.
    private static readonly IEnumerable<int> FewSeeds = Enumerable.Range(1, 12);
    private static readonly IEnumerable<int> ManySeeds = Enumerable.Range(13, 48);

    [Fact]
    public async Task A_sample_of_mutants_is_killed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var design = new MutantDesign(HardwareCore.From(DesignFile.Load(Repository.File("configs", "tiny.json"))));
        var run = await MutantRun.BuildAsync(design, SimulatorEffort.QuickBuild, cancellation);
        var random = new Random(20250118);
        var sample = design.Mutants.OrderBy(_ => random.Next()).Where(m => !KnownEquivalents.Reasons.ContainsKey(m.Key)).Take(SampleCount)
            .ToList();
        var survivors = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(sample, cancellation, async (mutant, _) =>
        {
            if (await run.FirstProblemAsync(mutant.Number, FewSeeds, cancellation) is null
                && !await MutantEquivalence.IsProvenAsync(design, mutant, cancellation))
                survivors.Add(mutant.ToString());
        });

        Assert.True(design.Mutants.Count >= 300, $"There are {design.Mutants.Count} mutants.");
        Assert.Null(await run.FirstProblemAsync(number: 0, FewSeeds, cancellation));
        Assert.Empty(survivors);
    }

    [Fact]
    public async Task A_fault_with_an_effect_is_not_proven_to_have_none()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var design = new MutantDesign(HardwareCore.From(DesignFile.Load(Repository.File("configs", "tiny.json"))));
        foreach (var mutant in design.Mutants.Where(m => m.File == "counter.v"))
            Assert.False(await MutantEquivalence.IsProvenAsync(design, mutant, cancellation), mutant.ToString());
    }

    /// <summary>
    /// All mutants of designs that have every template and cell among them; only where LUTDLA_MUTANTS names a file for the table.
    /// </summary>
    [Fact]
    public async Task Every_mutant_is_killed_or_without_effect()
    {
        if (Environment.GetEnvironmentVariable("LUTDLA_MUTANTS") is not { Length: > 0 } table)
        {
            Assert.Skip("scripts/mutants.sh runs it.");
            return;
        }

        var cancellation = TestContext.Current.CancellationToken;
        var report = new MutantReport();
        foreach (var config in Configs())
        {
            var design = new MutantDesign(HardwareCore.From(config));
            var run = await MutantRun.BuildAsync(design, SimulatorEffort.QuickRun, cancellation);
            await Parallel.ForEachAsync(design.Mutants.Where(report.IsOpen).ToList(), cancellation, async (mutant, _) =>
            {
                var isKilled = await run.FirstProblemAsync(mutant.Number, FewSeeds, cancellation) is not null;
                var isKnown = KnownEquivalents.Reasons.ContainsKey(mutant.Key);
                var isProven = !isKilled && !isKnown && await MutantEquivalence.IsProvenAsync(design, mutant, cancellation);
                isKilled |= !isProven && await run.FirstProblemAsync(mutant.Number, ManySeeds, cancellation) is not null;
                report.Add(mutant, isKilled, isProven);
            });
            await File.WriteAllTextAsync(table, report.Text(), cancellation);
        }

        Assert.Empty(report.Survivors);
    }

    private static IEnumerable<DesignConfig> Configs()
    {
        var edge = DesignFile.Load(Repository.File("configs", "edge.json"));
        return
        [
            DesignFile.Load(Repository.File("configs", "tiny.json")),
            edge,
            .. new[] { "latches", "parallel", "wide", "chain", "deep", "single" }.Select(name => Designs.Simulated[name]),
            edge with { Name = "chebyshev", Similarity = edge.Similarity with { Metric = DistanceMetric.Chebyshev } },
        ];
    }
}
