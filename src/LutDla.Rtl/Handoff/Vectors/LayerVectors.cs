using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Handoff.Vectors;

/// <summary>
/// All that a test bench needs to run a layer on a core: what goes into each stream, what must come out of it and when, as files.
/// </summary>
internal static class LayerVectors
{
    /// <param name="withBeatJson">The beats once more, taken apart into their fields.</param>
    /// <returns>Files to lie in one folder: NAME.hex of every stream, NAME_cycles.hex of the results, layer.json.</returns>
    public static IReadOnlyList<HandoffFile> Of(Core core, LayerData data, bool withBeatJson)
    {
        var streams = new LayerStreams(core, data);
        var passes = streams.Passes;
        var timings = CycleModel.Run(core, passes);
        StreamVector[] vectors =
        [
            .. core.Streams.All.Where(s => s.IsInput).Select(s => new StreamVector(s, streams.ByName[s.Name], null)),
            new(
                core.Streams.Result, ExpectedBeats.Results(core, data, passes),
                [.. passes.Zip(timings).SelectMany(p => ResultCycles(p.First, p.Second))]),
            new(core.Streams.Index, ExpectedBeats.Indices(core, data, passes), null),
        ];
        return
        [
            .. vectors.Select(v => new HandoffFile($"{v.Stream.Name}.hex", HexText.Of(v.Beats))),
            .. vectors.Where(v => v.Cycles is not null).Select(v => new HandoffFile($"{v.Stream.Name}_cycles.hex", HexText.Of(v.Cycles ?? []))),
            new(LayerJson.FileName, LayerJson.Of(core, data, passes, timings, vectors)),
            .. withBeatJson ? [new HandoffFile(BeatJson.FileName, BeatJson.Of(vectors))] : Array.Empty<HandoffFile>(),
        ];
    }

    private static IEnumerable<long> ResultCycles(TilePass pass, PassTiming timing) =>
        Enumerable.Range(0, pass.ResultBeats).Select(k => timing.FirstResult + k);
}
