using LutDla.Hardware;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>Compares a run of several layers, layer by layer, and what came before a reset in mid-run.</summary>
internal sealed class SequenceComparison(Core core, LayerSequence sequence)
{
    /// <returns>The first difference of a run that went to its end; nothing if there is none.</returns>
    public Mismatch? FirstMismatch(SimulationRun run) =>
        First(run.Streams, (comparison, indices, results) => comparison.FirstMismatch(indices, results));

    /// <returns>The same of a run that was cut short.</returns>
    public Mismatch? FirstMismatch(CutRun run) =>
        First(run.Streams, (comparison, indices, results) => comparison.FirstWrong(indices, results));

    /// <returns>The first result that did not come in its cycle when nothing stalled; nothing if all did.</returns>
    public string? FirstOffSchedule(SimulationRun run)
    {
        var model = new CycleModel(core);
        var results = new List<long>();
        foreach (var pass in sequence.Passes)
        {
            var first = model.Next(pass).FirstResult;
            results.AddRange(Enumerable.Range(0, pass.ResultBeats).Select(k => first + k));
        }

        return OffSchedule(run[core.Streams.Result.Name], results);
    }

    private static string? OffSchedule(TransferLog log, List<long> scheduled)
    {
        for (var k = 0; k < Math.Min(log.Count, scheduled.Count); k++)
        {
            if (log.Cycles[k] != scheduled[k])
                return $"{log.Stream}: transfer {k} came in cycle {log.Cycles[k]}, scheduled in cycle {scheduled[k]}.";
        }

        return null;
    }

    // The last layer gets all that is left, so that a transfer too many shows.
    private Mismatch? First(
        IReadOnlyDictionary<string, TransferLog> run, Func<LayerComparison, TransferLog, TransferLog, Mismatch?> compare)
    {
        var (indices, results) = (run[core.Streams.Index.Name], run[core.Streams.Result.Name]);
        var (index, result) = (0, 0);
        for (var k = 0; k < sequence.Layers.Count; k++)
        {
            var (data, passes) = (sequence.Layers[k], sequence.Streams[k].Passes);
            var isLast = k == sequence.Layers.Count - 1;
            var indexCount = isLast ? indices.Count : checked((int)passes.Where(p => p.Search).Sum(p => p.Beats));
            var resultCount = isLast ? results.Count : passes.Sum(p => p.ResultBeats);
            var comparison = new LayerComparison(core, data, passes);
            if (compare(comparison, indices.Slice(index, indexCount), results.Slice(result, resultCount)) is { } mismatch)
                return mismatch;
            (index, result) = (index + indexCount, result + resultCount);
        }

        return null;
    }
}
