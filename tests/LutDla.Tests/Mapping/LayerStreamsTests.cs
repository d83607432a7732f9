using CsCheck;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Tests.Mapping;

/// <summary>By the rules of the core, what goes into it for a layer makes what the golden model says of the layer.</summary>
public sealed class LayerStreamsTests
{
    private static readonly Gen<((Core Core, LayerShape Shape) Any, int Seed)> AnySeeded = AnyMapping.CoreAndShape.Select(
        Gen.Int[0, 1_000_000]);

    [Fact]
    public void A_layers_streams_make_every_output_of_the_layer_once() => AnySeeded.Sample((any, seed) =>
    {
        var (core, shape) = any;
        var layer = RandomLayer.Of(new Random(seed), core, shape, "any");
        Assert.Empty(LayerFit.Problems(core, "any", layer.Name, layer.Layer));

        Assert.Null(FirstMismatch(core, layer, LayerSchedule.Passes(core, shape))?.ToString());
    });

    [Fact]
    public void Beats_that_are_expected_are_those_that_the_streams_make() => AnySeeded.Sample((any, seed) =>
    {
        var (core, shape) = any;
        var layer = RandomLayer.Of(new Random(seed), core, shape, "any");
        var streams = new LayerStreams(core, layer);

        var (indices, results) = new StreamModel(core, streams.ByName).Run();

        Assert.Null(results.FirstDifference(ExpectedBeats.Results(core, layer, streams.Passes)));
        Assert.Null(indices.FirstDifference(ExpectedBeats.Indices(core, layer, streams.Passes)));
    });

    // 20 rows, 3 subspaces and 6 columns on tiny: two tiles, each searched with 4 columns and replayed with 2; groups of one subspace.
    [Fact]
    public void One_host_serves_the_streams_of_a_pass_one_after_the_other()
    {
        var core = Core.From(DesignFile.Load(Repository.Configs.Single(file => Path.GetFileName(file) == "tiny.json")));

        var order = SequentialOrder.Of(core, LayerSchedule.Passes(core, new(RowCount: 20, SubspaceCount: 3, ColumnCount: 6)));

        string[] searched = ["codebook 4", "table 4", "activation 16"];
        string[] first = ["command 1", "parameter 2", .. searched, .. searched, .. searched, "result 32"];
        string[] replay = ["command 1", "parameter 1", "table 4", "table 4", "table 4", "result 16"];
        Assert.Equal(
            [.. first, .. replay], order.Take(first.Length + replay.Length).Select(run => $"{run.Stream.Name} {run.Beats}"));
    }

    [Fact]
    public void A_list_of_beats_is_all_of_its_bytes()
    {
        var beats = new BeatList(payloadBits: 12, capacity: 0);
        beats.Add(0xABC);
        beats.Add(0x123);

        Assert.Equal([0xBC, 0x0A, 0x23, 0x01], beats.Memory.ToArray());
    }

    [Fact]
    public void Several_layers_stand_behind_each_other_on_every_stream()
    {
        for (var number = 0; number < 20; number++)
        {
            var core = Core.From(RandomDesign.Of(number));
            var sequence = new LayerSequence(core, [.. RandomSession.Of(core, number).Take(3)]);
            var (indices, results) = new StreamModel(core, sequence.ByName()).Run();

            Assert.Equal(sequence.ResultBeats, results.Count);
            var (index, result) = (0, 0);
            foreach (var (data, streams) in sequence.Layers.Zip(sequence.Streams))
            {
                var (indexCount, resultCount) = ((int)streams.Passes.Where(p => p.Search).Sum(p => p.Beats), (int)streams.ResultBeats);
                Assert.Null(new LayerComparison(core, data, streams.Passes)
                    .FirstMismatch(indices.Slice(index, indexCount), results.Slice(result, resultCount))?.ToString());
                (index, result) = (index + indexCount, result + resultCount);
            }
        }
    }

    [Fact]
    public void A_pass_that_is_missing_or_there_twice_is_found() => AnySeeded.Sample((any, seed) =>
    {
        var (core, shape) = any;
        var random = new Random(seed);
        var layer = RandomLayer.Of(random, core, shape, "any");
        TilePass[] passes = [.. LayerSchedule.Passes(core, shape).Select(p => p with { Search = true, Keep = false })];
        var chosen = random.Next(passes.Length);

        var missing = passes.Length > 1 ? FirstMismatch(core, layer, [.. passes[..chosen], .. passes[(chosen + 1)..]]) : null;
        var twice = FirstMismatch(core, layer, [.. passes, passes[chosen]]);

        if (passes.Length > 1)
        {
            Assert.Equal((MismatchKind.Result, null, null), (missing?.Kind, missing?.Actual, missing?.Tile));
            Assert.Equal((passes[chosen].FirstRow, passes[chosen].FirstColumn), (missing?.Row, missing?.Place));
        }

        Assert.Equal((MismatchKind.Repeated, passes.Length), (twice?.Kind, twice?.Tile));
    });

    private static Mismatch? FirstMismatch(Core core, LayerData layer, IEnumerable<TilePass> passes)
    {
        var streams = new LayerStreams(core, layer, passes);
        var (indices, results) = new StreamModel(core, streams.ByName).Run();
        return new LayerComparison(core, layer, streams.Passes).FirstMismatch(indices, results);
    }
}
