using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware.Modules;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Calibration;

/// <summary>
/// Synthesises modules of each kind alone and fits what they cost; then measures whole cores for what modules alone do not show, their
/// energy and the slowest paths.
/// </summary>
/// <param name="Cores">Whole cores to measure; with 0 a technology file has neither power nor delays.</param>
/// <param name="Jobs">Tools that run at once.</param>
public sealed record Calibration(LibertyLibrary Library, int Cores, int Jobs)
{
    // Modules of one run of Yosys: they share its start.
    private const int BatchSize = 10;

    // Kinds whose left-out samples are missed by more are sampled more densely, so often.
    private const double GoodError = 0.02;
    private const int Refinements = 2;

    private readonly SynthesisTarget _target = SynthesisTarget.ForLiberty(Library);

    /// <summary>Latches that have no area cannot be compared with anything.</summary>
    public bool HasLatches { get; } = Library.Cells.Values.Any(c => c is { IsLatch: true, Area: > 0 });

    /// <summary>Runs it. What was synthesised before, by a run that was stopped for instance, is not synthesised again.</summary>
    /// <param name="progress">Is told what is done: how many, of how many.</param>
    /// <exception cref="ToolException">A tool is missing, refused a module or ran out of time.</exception>
    public async Task<TechnologyModel> RunAsync(
        ContentCache cache, Action<string, int, int> progress, CancellationToken cancellation)
    {
        var candidates = ModuleSampling.Candidates(HasLatches);
        var costs = new List<KindCost>();
        int[] from = [.. candidates.Select(_ => 0)];
        int[] to = [.. candidates.Select(ModuleSampling.FirstCount)];
        for (var round = 0; ; round++)
        {
            Module[][] batches = [.. candidates.SelectMany((kind, i) => kind.Take(to[i]).Skip(from[i]).Chunk(BatchSize))];
            var name = round == 0 ? "modules" : $"more modules of some kinds ({round})";
            costs.AddRange(await SynthesiseAsync(batches, cache, (done, all) => progress(name, done, all), cancellation));
            var areas = Fit(costs)[CostQuantity.Area];
            if (round == Refinements)
                break;
            from = [.. to];
            to = [.. candidates.Select((kind, i) => areas[kind[0].Name].MeanError > GoodError ? Math.Min(kind.Count, 2 * to[i]) : to[i])];
        }

        var model = new TechnologyModel(
            Library.Name, Library.Sha256, await ExternalTool.Yosys.VersionAsync(cancellation),
            SynthesisRequest.DefaultClockPeriodPicoseconds, HasLatches, Fit(costs));
        if (Cores == 0)
            return model;
        var smallest = Library.Cells.Values.Where(c => c.Area > 0).Min(c => c.Area);
        var cores = CalibrationCores.Choose(CalibrationCores.ForFitting, HasLatches, model.AreaOf, smallest).Take(Cores).ToList();
        var measurement = new CoreMeasurement(_target, cache);
        var measured = await ParallelAsync(
            cores, measurement.RunAsync, (done, all) => progress("whole cores", done, all), cancellation);
        return model with { Costs = Fit([.. costs, .. measured.SelectMany(core => core.Costs())]) };
    }

    private async Task<IEnumerable<KindCost>> SynthesiseAsync(
        Module[][] batches, ContentCache cache, Action<int, int> progress, CancellationToken cancellation)
    {
        var synthesis = new SampleSynthesis(_target, cache);
        var leakage = new CellLeakage(Library);
        var rows = await ParallelAsync(batches, synthesis.RunAsync, progress, cancellation);
        return batches.SelectMany(batch => batch).Zip(rows.SelectMany(batch => batch)).SelectMany(sample => new KindCost[]
        {
            Of(CostQuantity.Area, sample.First, sample.Second.AreaPerInstance ?? 0),
            Of(CostQuantity.Leakage, sample.First, leakage.Of(sample.Second)),
        });
    }

    private static KindCost Of(CostQuantity quantity, Module module, double cost) =>
        new(quantity, module.Name, CostPoint.OfModule(module), cost);

    // Results stand in the order of the items, whichever is done first.
    private async Task<TResult[]> ParallelAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task<TResult>> run, Action<int, int> progress,
        CancellationToken cancellation)
    {
        var results = new TResult[items.Count];
        var done = 0;
        await Parallel.ForAsync(
            0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellation },
            async (i, stop) =>
            {
                results[i] = await run(items[i], stop);
                progress(Interlocked.Increment(ref done), items.Count);
            });
        return results;
    }

    private static Dictionary<CostQuantity, IReadOnlyDictionary<string, KindModel>> Fit(IEnumerable<KindCost> costs) => costs
        .GroupBy(c => c.Quantity).ToDictionary(quantity => quantity.Key, quantity => (IReadOnlyDictionary<string, KindModel>)quantity
            .GroupBy(c => c.Kind, StringComparer.Ordinal)
            .ToDictionary(
                kind => kind.Key, kind => KindModel.Fit([.. kind.Select(c => c.Point)], [.. kind.Select(c => c.Cost)]),
                StringComparer.Ordinal));
}
