using System.Globalization;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Estimation;
using LutDla.Exploration.Memories;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;
using LutDla.Hardware;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Schedule;

namespace LutDla.Benchmarks;

/// <summary>How many points a second an enumeration judges: area, power and cycles of all layers of ResNet-20.</summary>
internal static class ExploreBenchmark
{
    private const int Rounds = 3;
    private const long MostPoints = 200_000;

    /// <summary>Prints a line; returns the figures.</summary>
    public static object Run(TextWriter output, BenchmarkOptions options)
    {
        var technology = TechnologyFile.Read(options.Technology ?? throw new InvalidOperationException("explore needs --technology."));
        var family = SramCatalogue.Find("sky130_openram");
        var space = SpaceFile.Read("spaces/resnet20.json");
        var network = new ResNet();
        var memory = new MemoryPort(8, 0);
        var points = Math.Min(space.Count, MostPoints);
        var (kept, legal) = (0L, new List<Core>());
        var durations = Timing.Interleaved(
            [
                () =>
                {
                    var evaluator = new PointEvaluator(space, network, new(technology, family), 1, memory);
                    kept = 0;
                    for (var point = 0L; point < points; point++)
                        kept += evaluator.Evaluate(space.PlacesOf(point)).Verdict == PointVerdict.Kept ? 1 : 0;
                },
                () => legal = [.. Cores(space, points)],
                () =>
                {
                    var costs = new PartCosts(technology, family);
                    foreach (var core in legal)
                        CoreEstimate.Of(core, costs);
                },
                () =>
                {
                    foreach (var core in legal)
                    {
                        foreach (var (product, _) in network.On(core).Layers)
                            LayerCost.Of(core, "layer", product, memory);
                    }
                },
            ],
            Rounds);
        double[] microseconds = [.. durations.Select(d => 1e6 * Timing.Median([.. d.Select(x => x.ProcessorSeconds)]) / points)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"area, {(technology.HasPower ? "power" : "no power")} and cycles of the 19 layers of ResNet-20, {points} points, {kept} kept, "
            + $"one core: {1e6 / microseconds[0]:N0} points/s; of {microseconds[0]:F1} us a point designs take {microseconds[1]:F1}, "
            + $"costs {microseconds[2]:F1}, layers {microseconds[3]:F1}"));
        return new { Points = points, Kept = kept, Microseconds = microseconds };
    }

    private static IEnumerable<Core> Cores(DesignSpace space, long points)
    {
        for (var point = 0L; point < points; point++)
        {
            if (Core.Find(space.ConfigAt(space.PlacesOf(point))) is { } core)
                yield return core;
        }
    }

    /// <summary>Each shape once, as a network's plan has it.</summary>
    private sealed class ResNet : INetworkPlan
    {
        private readonly Dictionary<PointFormat, NetworkWork> _works = [];

        public NetworkWork On(Core core)
        {
            var format = PointFormat.Of(core.Config);
            if (!_works.TryGetValue(format, out var work))
            {
                _works[format] = work = new(
                [
                    .. EstimateBenchmark.Layers(core).GroupBy(shape => shape).Select(same => (new LookupProduct(
                        same.Key, same.Key.SubspaceCount * core.VectorLength, core.VectorLength, core.Centroids, core.Metric,
                        core.ActivationBits, core.TableBits, core.OutputBits), same.Count())),
                ]);
            }

            return work;
        }
    }
}
