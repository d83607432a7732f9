using System.Text.Json;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Regression.Bins;
using LutDla.Mapping.Schedule;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Mapping;

/// <summary>What a regression draws is legal, repeats itself, and reaches the extremes.</summary>
public sealed class RegressionDrawTests
{
    [Fact]
    public void Random_designs_are_legal_and_no_two_alike()
    {
        DesignConfig[] designs = [.. Enumerable.Range(0, 300).Select(RandomDesign.Of)];

        Assert.All(designs, d => Assert.Empty(DesignRules.Problems(d)));
        Assert.Equal(designs, Enumerable.Range(0, 300).Select(RandomDesign.Of));
        Assert.Equal(designs.Length, designs.Select(d => d with { Name = "any" }).Distinct().Count());
    }

    [Fact]
    public void Every_layer_that_is_drawn_fits_its_core()
    {
        for (var number = 0; number < 60; number++)
        {
            var core = Core.From(RandomDesign.Of(number));
            Assert.All(RandomSession.Of(core, number), l => Assert.Empty(LayerFit.Problems(core, "any", l.Name, l.Layer)));
        }
    }

    [Fact]
    public void A_seed_draws_the_same_layers_again_and_another_seed_draws_others()
    {
        var core = Core.From(RandomDesign.Of(0));
        Assert.Equal(Drawn(core, 7), Drawn(core, 7));
        Assert.NotEqual(Drawn(core, 7), Drawn(core, 8));
    }

    /// <summary>A seed that once failed must repeat its failure with a later version, too.</summary>
    [Fact]
    public void A_seed_draws_what_it_drew_when_it_was_committed()
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 40).Select(number =>
            {
                var core = Core.From(RandomDesign.Of(number));
                return $"{number} {core.LookupsPerCycle} {ContentHash.Of([JsonSerializer.Serialize(core.Config), Drawn(core, number)])}";
            }),
        ];

        if (Environment.GetEnvironmentVariable("LUTDLA_SNAPSHOT") is { Length: > 0 } folder)
            File.WriteAllLines(Path.Combine(folder, "draws.txt"), lines);
        else
            Assert.Equal(File.ReadAllLines(Repository.File("tests", "snapshots", "draws.txt")), lines);
    }

    [Fact]
    public void Some_seeds_meet_every_situation_that_some_design_can_meet()
    {
        var counts = new BinCounts();
        Core[] cores = [.. Enumerable.Range(0, 40).Select(number => Core.From(RandomDesign.Of(number)))];
        for (var seed = 0; seed < 3 * cores.Length; seed++)
            Count(cores[seed % cores.Length], seed, counts);

        IEnumerable<Bin> bins = [.. SearchBins.All, .. SumBins.All, .. ScheduleBins.All];
        Assert.All(bins, bin => Assert.True(counts[bin] > 0 || cores.All(c => bin.WhyNever(c) is not null), bin.Name));
    }

    private static string Drawn(Core core, int seed) => string.Join(
        ' ',
        RandomSession.Of(core, seed).Select(
            l => $"{l.Name} {string.Join(',', l.Layer.Tables)} {string.Join(',', l.SubVectors)} {string.Join(',', l.Outputs)}"));

    private static void Count(Core core, int seed, BinCounts counts)
    {
        foreach (var layer in RandomSession.Of(core, seed))
        {
            SearchBins.Count(core, layer, counts);
            SumBins.Count(core, layer, counts);
            ScheduleBins.Count(core, layer.Shape, [.. LayerSchedule.Passes(core, layer.Shape)], counts);
        }
    }
}
