using LutDla.Exploration.Power;
using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Hardware;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Schedule;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Calibration;

/// <summary>
/// Measures a whole core: the slowest path into each module, and what a cycle of random layers costs in each. Between modules alone
/// neither can be known.
/// </summary>
public sealed class CoreMeasurement(SynthesisTarget target, ContentCache cache)
{
    private const double PicosecondsPerNanosecond = 1000;

    /// <exception cref="ToolException">Yosys, OpenSTA or Verilator is missing or refused the design.</exception>
    public async Task<MeasuredCore> RunAsync(Core core, CancellationToken cancellation)
    {
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var request = CoreSynthesis.Request(core, files, target);
        var mapped = await YosysSynthesis.RunAsync(request, cache, cancellation);
        var timing = await StaticTiming.RunAsync(mapped, request.ClockPeriodPicoseconds, cancellation);
        var design = new DesignUnderTest(core.TopName, files, [.. core.Streams.All.Select(s => s.Port)]);
        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, cache, cancellation);
        var runs = new List<MeasuredRun>();
        foreach (var layer in TypicalLayers.Of(core))
        {
            using var scratch = new ScratchFolder();
            var trace = scratch.File("ports.vcd");
            await new NetworkCosimulation(core, simulator) { Stalls = StallPattern.None }
                .TracePortsAsync(layer, long.MaxValue, trace, cancellation);
            runs.Add(new(
                Activity.Of(PartCycles.Of(core, layer.Shape), ClosedForm.Cycles(core, layer.Shape)),
                GatePower.Of(mapped, trace, request.ClockPeriodPicoseconds / PicosecondsPerNanosecond)));
        }

        return new(core, mapped.Report, timing, runs);
    }
}

/// <summary>A core that was synthesised and simulated at gate level.</summary>
public sealed record MeasuredCore(Core Core, SynthesisReport Synthesis, TimingReport Timing, IReadOnlyList<MeasuredRun> Runs)
{
    /// <summary>What each module of it was measured to cost.</summary>
    internal IEnumerable<KindCost> Costs() => Runs.SelectMany(Energies).Concat(Delays());

    // Modules of several widths may stand at one place, as parts of a tree of adders do: then their mean is what is known.
    private IEnumerable<KindCost> Energies(MeasuredRun run)
    {
        var places = run.Power.Places.ToLookup(p => p.Place, p => p.Power.Milliwatts - p.Power.Leakage, StringComparer.Ordinal);
        foreach (var place in Core.Top.Occurrences().Where(o => TechnologyModel.IsPriced(o.Module)).GroupBy(o => (o.Path, o.Module.Name)))
        {
            if (!places.Contains(place.Key.Path))
                continue;
            var cost = new KindCost(
                CostQuantity.Energy, place.Key.Name,
                CostPoint.Mean([.. place.Select(o => (CostPoint.OfActivity(o.Module, run.Activity.At(o.Path)), o.Count))]),
                places[place.Key.Path].Sum() * run.Power.ClockNanoseconds / place.Sum(o => o.Count));
            yield return cost;
            // What a row of latches does depends on what it is for.
            if (place.First().Role is { Length: > 0 } role)
                yield return cost with { Kind = TechnologyModel.InRole(place.Key.Name, role) };
        }
    }

    // Of a kind that is there in several forms, the slowest is taken to be the largest.
    private IEnumerable<KindCost> Delays()
    {
        var slowest = Timing.Paths.GroupBy(path => path.Module.Split(' ')[0], StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => kind.Max(path => path.ArrivalNanoseconds), StringComparer.Ordinal);
        foreach (var kind in Core.Top.Occurrences().Select(o => o.Module).Where(TechnologyModel.IsPriced).GroupBy(m => m.Name))
        {
            var points = kind.Select(CostPoint.OfPath).ToList();
            if (slowest.TryGetValue(kind.First().NameIn(Core.Name), out var nanoseconds))
                yield return new(CostQuantity.Delay, kind.Key, points.MaxBy(p => p.Amounts.Sum())!, nanoseconds);
        }
    }
}

/// <summary>A layer through the gates of a core.</summary>
public sealed record MeasuredRun(Activity Activity, PowerReport Power);
