using LutDla.Exploration.Synthesis;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Calibration;

/// <summary>Synthesises modules of each kind and fits what they cost.</summary>
public sealed record Calibration(SynthesisTarget Target, string LibrarySha256, bool HasLatches, int Jobs)
{
    // Modules of one run of Yosys: they share its start.
    private const int BatchSize = 10;

    /// <summary>Runs it. What was synthesised before, by a run that was stopped for instance, is not synthesised again.</summary>
    /// <param name="progress">Is told how many modules are done, of how many.</param>
    /// <exception cref="ToolException">Yosys is missing, refused a module or ran out of time.</exception>
    public async Task<TechnologyModel> RunAsync(ContentCache cache, Action<int, int> progress, CancellationToken cancellation)
    {
        var samples = ModuleSampling.Choose(HasLatches);
        var synthesis = new SampleSynthesis(Target, cache);
        // Of one kind each, so that a kind that changes leaves what was kept of the others.
        ModuleSample[][] batches = [.. samples.GroupBy(s => s.Kind, StringComparer.Ordinal).SelectMany(kind => kind.Chunk(BatchSize))];
        var areas = new IReadOnlyList<double>[batches.Length];
        var done = 0;
        await Parallel.ForAsync(
            0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellation },
            async (i, stop) =>
            {
                areas[i] = await synthesis.AreasAsync(batches[i], stop);
                progress(Interlocked.Add(ref done, batches[i].Length), samples.Count);
            });

        var kinds = samples.Zip(areas.SelectMany(area => area)).GroupBy(s => s.First.Kind, StringComparer.Ordinal).ToDictionary(
            kind => kind.Key, kind => KindModel.Fit([.. kind.Select(s => s.First)], [.. kind.Select(s => s.Second)]),
            StringComparer.Ordinal);
        return new(
            Target.Name, LibrarySha256, await ExternalTool.Yosys.VersionAsync(cancellation), SynthesisRequest.DefaultClockPeriodPicoseconds,
            HasLatches, kinds);
    }
}
