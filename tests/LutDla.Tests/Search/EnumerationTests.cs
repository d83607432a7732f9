using LutDla.Exploration.Calibration;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Costs;

namespace LutDla.Tests.Search;

public sealed class EnumerationTests
{
    private static readonly DesignConfig Tiny =
        DesignFile.Load(Repository.Configs.Single(file => Path.GetFileName(file) == "tiny.json"));

    private static readonly TechnologyModel Technology = SampleTechnology.Of(
        new[] { SimilarityUnit.Chain, SimilarityUnit.Tree }.SelectMany(unit => SampleTechnology.Kinds(
            Core.From(Tiny with { Similarity = Tiny.Similarity with { Unit = unit } }))).Distinct());

    /// <summary>One layer, which cores of more than 8 lanes cannot run.</summary>
    private sealed class OneLayer : INetworkPlan
    {
        public NetworkWork? On(Core core) => core.Lanes > 8 ? null : new([(new LookupProduct(
            new LayerShape(40, 32 / core.VectorLength, 12), 32, core.VectorLength, core.Centroids, core.Metric, core.ActivationBits,
            core.TableBits, 8), 1)]);
    }

    private static DesignSpace Space(params Limit[] limits) => new(
        Tiny,
        [
            Axis("similarity.vector_length", 1, 2, 4), Axis("similarity.unit", SimilarityUnit.Tree, SimilarityUnit.Chain),
            Axis("matching.lanes", 2, 3, 4, 8, 12), Axis("rescale.units", 1, 2, 3), Axis("tile.rows", [.. Enumerable.Range(4, 300)
                .Select(rows => (object)rows)]),
        ],
        limits, [Quantity.GopsPerMm2, Quantity.LatencyMs]);

    private static DesignAxis Axis(string path, params object[] values) => new(DesignKey.All.Single(k => k.Path == path), values);

    private static PointEvaluator Evaluator(DesignSpace space) => new(space, new OneLayer(), new(Technology, family: null), 1, null);

    private static string Text(Enumerated found) => string.Join('\n', found.Fronts.OrderBy(f => $"{f.Key}", StringComparer.Ordinal)
        .SelectMany(f => f.Value.Points.Select(p => $"{f.Key} {p.Point} {p.Figures.ToText()}")))
        + string.Join(' ', found.Verdicts.OrderBy(v => v.Key));

    [Fact]
    public void Every_point_is_judged_once_and_the_front_is_that_of_all()
    {
        var space = Space(new Limit(Quantity.AreaMm2, 0.003));
        var evaluator = Evaluator(space);
        var expected = new Dictionary<PointFormat, Front>();
        var verdicts = new Dictionary<PointVerdict, long>();
        for (var point = 0L; point < space.Count; point++)
        {
            var config = space.ConfigAt(space.PlacesOf(point));
            var judged = evaluator.Evaluate(space.PlacesOf(point));
            verdicts[judged.Verdict] = verdicts.GetValueOrDefault(judged.Verdict) + 1;
            Assert.Equal(judged.Verdict == PointVerdict.IllegalDesign, DesignRules.Problems(config).Any());
            if (judged.Verdict is PointVerdict.Kept or PointVerdict.BeyondLimits)
                Assert.Equal(judged.Verdict == PointVerdict.Kept, judged.Figures[Quantity.AreaMm2] <= 0.003);
            if (judged.Verdict != PointVerdict.Kept)
                continue;
            if (!expected.TryGetValue(PointFormat.Of(config), out var front))
                expected[PointFormat.Of(config)] = front = new(space.Objectives);
            front.Add(point, judged.Figures);
        }

        var found = new Enumeration(space, () => Evaluator(space)).Run(
            new Dictionary<int, Enumerated>(), workers: 2, (_, _) => { }, TestContext.Current.CancellationToken);

        Assert.Equal(Text(new(expected, verdicts)), Text(found));
        Assert.True(found.Fronts.Count > 1);
        Assert.Equal(
            [PointVerdict.Kept, PointVerdict.IllegalDesign, PointVerdict.NetworkDoesNotFit, PointVerdict.BeyondLimits],
            found.Verdicts.Keys.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Workers_and_interruptions_change_nothing(int workers)
    {
        var space = Space();
        var enumeration = new Enumeration(space, () => Evaluator(space));
        var chunks = new Dictionary<int, Enumerated>();
        var whole = enumeration.Run(
            new Dictionary<int, Enumerated>(), 2, (number, chunk) => chunks[number] = chunk, TestContext.Current.CancellationToken);
        Assert.True(enumeration.Chunks > 1);
        Assert.Equal(enumeration.Chunks, chunks.Count);
        var again = new List<int>();

        var resumed = enumeration.Run(
            new Dictionary<int, Enumerated> { [1] = chunks[1] }, workers, (number, _) => again.Add(number),
            TestContext.Current.CancellationToken);

        Assert.Equal(Text(whole), Text(resumed));
        Assert.Equal(Enumerable.Range(0, enumeration.Chunks).Where(n => n != 1), again.Order());
    }

    // The best of 108,000 points, as the enumeration proves it, for a fiftieth of its work.
    [Theory]
    [InlineData(Quantity.GopsPerMm2)]
    [InlineData(Quantity.LatencyMs)]
    public void A_search_finds_the_best_point(Quantity objective)
    {
        var space = Space(new(Quantity.AreaMm2, 0.006), new(Quantity.BytesPerCycle, 6)) with { Objectives = [objective] };
        space = space with
        {
            Axes =
            [
                .. space.Axes.SkipLast(1), Axis("tile.rows", [.. Enumerable.Range(4, 200).Select(n => (object)(5 * n))]),
                Axis("tile.index_buffer_beats", 16, 32, 64, 128, 256, 512),
            ],
        };
        var all = new Enumeration(space, () => Evaluator(space)).Run(
            new Dictionary<int, Enumerated>(), 2, (_, _) => { }, TestContext.Current.CancellationToken);

        var search = new GuidedSearch(space, Evaluator(space)).Run(TestContext.Current.CancellationToken);

        double Best(Enumerated found) => found.Fronts.Values.SelectMany(f => f.Points).Select(p => p.Figures[objective])
            .Aggregate((a, b) => objective.IsBetterLarge() == a > b ? a : b);
        Assert.Equal(Best(all), Best(search.Found));
        Assert.InRange(search.Evaluations, 1, space.Count / 50);
        Assert.Equal(search.Evaluations, search.Found.Verdicts.Values.Sum());
    }

    // Nothing that costs something may count as if it cost nothing.
    [Theory]
    [InlineData(MemoryStyle.Macro)]
    [InlineData(MemoryStyle.FpgaRam)]
    [InlineData(MemoryStyle.Latch)]
    public void A_point_of_which_a_part_has_no_price_is_no_candidate(MemoryStyle style)
    {
        var space = Space() with { Axes = [Axis("memories.scratchpad", MemoryStyle.FlipFlop, style)] };

        Assert.Equal(PointVerdict.Kept, Evaluator(space).Evaluate([0]).Verdict);
        Assert.Equal(PointVerdict.NotPriced, Evaluator(space).Evaluate([1]).Verdict);
    }

    [Fact]
    public void Accuracy_leaves_out_formats_and_orders_the_rest()
    {
        var space = Space(new Limit(Quantity.AccuracyDrop, 2)) with { Objectives = [Quantity.GopsPerMm2, Quantity.AccuracyDrop] };
        var found = new Enumeration(space, () => Evaluator(space)).Run(
            new Dictionary<int, Enumerated>(), 2, (_, _) => { }, TestContext.Current.CancellationToken);
        PointFormat[] formats = [.. found.Fronts.Keys.OrderBy(f => f.VectorLength)];

        var front = ExploredFront.Of(
            space, found.Fronts, new Dictionary<PointFormat, double> { [formats[0]] = 0.5, [formats[1]] = 1.5, [formats[2]] = 2.5 });

        Assert.DoesNotContain(front, p => p.Format == formats[2]);
        Assert.Equal(formats[..2].ToHashSet(), front.Select(p => p.Format).ToHashSet());
        Assert.All(front, p => Assert.Equal(p.Format == formats[0] ? 0.5 : 1.5, p.Figures[Quantity.AccuracyDrop]));
        Assert.Equal(front.OrderByDescending(p => p.Figures[Quantity.GopsPerMm2]).Select(p => p.Point), front.Select(p => p.Point));
        Assert.Empty(ExploredFront.Of(space, found.Fronts, new Dictionary<PointFormat, double>()));
    }
}
