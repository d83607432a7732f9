using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Tests.Mapping;

/// <summary>Every bit of every transfer counts.</summary>
public sealed class LayerComparisonTests
{
    private static readonly Core Design = Core.From(DesignFile.Load(Repository.File("configs", "tiny.json")));

    // 17 rows are two tiles, 5 columns are two sets of which the second has three columns that only fill beats.
    private static readonly LayerData Layer = RandomLayer.Of(new Random(1), Design, new LayerShape(17, 3, 5), "layer");

    private static readonly LayerStreams Streams = new(Design, Layer);

    [Fact]
    public void A_wrong_bit_of_a_result_is_found_whichever_it_is() => AssertFound(results: true);

    [Fact]
    public void A_wrong_bit_of_an_index_is_found_whichever_it_is() => AssertFound(results: false);

    [Fact]
    public void A_wrong_last_bit_is_called_so()
    {
        var (indices, results) = new StreamModel(Design, Streams.ByName).Run();
        var mismatch = Comparison.FirstMismatch(indices, Flipped(results, beat: 3, Design.RescaleUnits * Design.OutputBits));

        Assert.Equal(
            "layer layer, tile 0, row 1, column 2: the last bit of the beat is 1, expected 0, cycle 3. Its results are right.",
            mismatch?.ToString());
    }

    [Fact]
    public void Transfers_that_no_pass_asks_for_are_found()
    {
        var (indices, results) = new StreamModel(Design, Streams.ByName).Run();
        Assert.Equal(MismatchKind.SurplusResult, Comparison.FirstMismatch(indices, Longer(results))?.Kind);
        Assert.Equal(MismatchKind.SurplusIndex, Comparison.FirstMismatch(Longer(indices), results)?.Kind);
    }

    [Fact]
    public void Transfers_that_lack_are_found_unless_the_run_was_cut_short()
    {
        var (indices, results) = new StreamModel(Design, Streams.ByName).Run();
        var (fewIndices, fewResults) = (indices.Slice(0, indices.Count - 1), results.Slice(0, results.Count - 1));

        Assert.Equal((MismatchKind.Result, 16, 4), Place(Comparison.FirstMismatch(indices, fewResults)));
        Assert.Equal((MismatchKind.Index, 16, 2), Place(Comparison.FirstMismatch(fewIndices, results)));
        Assert.Null(Comparison.FirstWrong(fewIndices, fewResults));
    }

    private static LayerComparison Comparison => new(Design, Layer, Streams.Passes);

    private static (MismatchKind? Kind, int? Row, int? Place) Place(Mismatch? mismatch) => (mismatch?.Kind, mismatch?.Row, mismatch?.Place);

    private static void AssertFound(bool results)
    {
        var (indexLog, resultLog) = new StreamModel(Design, Streams.ByName).Run();
        var log = results ? resultLog : indexLog;
        for (var beat = 0; beat < log.Count; beat++)
        {
            for (var bit = 0; bit < log.Beats.PayloadBits; bit++)
            {
                var wrong = Flipped(log, beat, bit);
                var mismatch = results ? Comparison.FirstMismatch(indexLog, wrong) : Comparison.FirstMismatch(wrong, resultLog);
                Assert.Equal(beat, mismatch?.Cycle); // the log's cycles count its transfers
            }
        }
    }

    private static TransferLog Flipped(TransferLog log, int beat, int bit)
    {
        var beats = new BeatList(log.Beats.PayloadBits);
        for (var k = 0; k < log.Count; k++)
        {
            var copy = beats.Add();
            log[k].CopyTo(copy);
            if (k == beat)
                copy[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return log with { Beats = beats };
    }

    private static TransferLog Longer(TransferLog log)
    {
        var beats = new BeatList(log.Beats.PayloadBits);
        beats.Append(log.Beats);
        log[log.Count - 1].CopyTo(beats.Add());
        return log with { Beats = beats, Cycles = [.. log.Cycles, log.Count] };
    }
}
