using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Streams;

/// <summary>Beats of one stream that follow each other.</summary>
public readonly record struct StreamRun(CoreStream Stream, int Beats);

/// <summary>
/// An order in which one host may serve all streams of a core one after the other, each beat to its end, and never wait for ever: for
/// each pass its command and parameters; for each group its codebooks, tables and activations; then its results. docs/integration.md
/// says why.
/// </summary>
public static class SequentialOrder
{
    public static IEnumerable<StreamRun> Of(Core core, IEnumerable<TilePass> passes)
    {
        var streams = core.Streams;
        foreach (var pass in passes)
        {
            yield return new(streams.Command, 1);
            yield return new(streams.Parameter, pass.RowBeats);
            for (var group = 0; group < pass.Groups; group++)
            {
                if (pass.Search)
                    yield return new(streams.Codebook, core.CodebookLoadBeats);
                yield return new(streams.Table, core.TableLoadBeats);
                if (pass.Search)
                    yield return new(streams.Activation, pass.Blocks);
            }

            yield return new(streams.Result, pass.ResultBeats);
        }
    }
}
