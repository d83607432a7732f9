using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Hardware.Schedule;

namespace LutDla.Rtl.Cosimulation;

/// <summary>The first difference of a layer between RTL and golden model, in the words of the network.</summary>
/// <param name="Kind"><c>index</c> or <c>result</c>.</param>
/// <param name="Tile">Number of the pass in the layer's schedule, from 0.</param>
/// <param name="Row">Row of the layer's matrix: output pixel, image after image; -1 for a row that only fills a block.</param>
/// <param name="Place">Subspace of an index, column of a result.</param>
/// <param name="Expected">Golden index or result.</param>
/// <param name="Actual">RTL index or result; nothing if the transfer never came.</param>
/// <param name="Cycle">Of the transfer; nothing if it never came.</param>
/// <param name="Detail">Distances and table rows of an index, the sum behind a result.</param>
public sealed record Mismatch(string Layer, string Kind, int Tile, int Row, int Place, long Expected, long? Actual, long? Cycle, string Detail)
{
    public override string ToString() =>
        $"layer {Layer}, tile {Tile}, row {Row}, {(Kind == "index" ? "subspace" : "column")} {Place}: {Kind} {Text(Actual)}, expected {Expected}, cycle {Text(Cycle)}. {Detail}";

    private static string Text(long? value) => value is { } known ? $"{known}" : "never came";

    /// <summary>Explains a difference on the index stream.</summary>
    internal static Mismatch OfIndex(Core core, LayerData data, LayerStimuli stimuli, TransferLog log, TransferDifference difference)
    {
        var (tile, pass, beat) = Locate(stimuli.Passes.Where(p => p.Search), stimuli.Passes, difference.Transfer, p => p.Beats);
        var place = FirstField(stimuli.Index, log, difference, core.IndexBits, core.Rows * core.Subspaces);
        var row = beat % pass.Blocks * core.Rows + place / core.Subspaces;
        var subspace = beat / pass.Blocks * core.Subspaces + place % core.Subspaces;
        var (expected, actual) = Fields(stimuli.Index, log, difference, place * core.IndexBits, core.IndexBits, signed: false);
        var known = row < pass.RowCount && subspace < data.Layer.SubspaceCount;
        return new Mismatch(
            data.Name, "index", tile, known ? pass.FirstRow + row : -1, subspace, expected, actual, difference.Cycle,
            known ? Search(data, pass.FirstRow + row, subspace, (int)expected, actual) : "The place only fills a block.");
    }

    /// <summary>Explains a difference on the result stream.</summary>
    internal static Mismatch OfResult(Core core, LayerData data, LayerStimuli stimuli, TransferLog log, TransferDifference difference)
    {
        var (tile, pass, beat) = Locate(stimuli.Passes, stimuli.Passes, difference.Transfer, p => p.ResultBeats);
        var place = FirstField(stimuli.Result, log, difference, core.OutputBits, core.Units);
        var (expected, actual) = Fields(stimuli.Result, log, difference, place * core.OutputBits, core.OutputBits, signed: true);
        var row = pass.FirstRow + beat / pass.RowBeats;
        var column = pass.FirstColumn + beat % pass.RowBeats * core.Units + place;
        return new Mismatch(data.Name, "result", tile, row, column, expected, actual, difference.Cycle, Sum(data, row, column));
    }

    private static (int Tile, TilePass Pass, int Beat) Locate(IEnumerable<TilePass> counted, IReadOnlyList<TilePass> all, int transfer, Func<TilePass, int> beats)
    {
        var (last, left) = (all[0], transfer);
        foreach (var pass in counted)
        {
            last = pass;
            if (left < beats(pass))
                break;
            left -= beats(pass);
        }

        return (all.Index().First(p => ReferenceEquals(p.Item, last)).Index, last, Math.Min(left, beats(last) - 1));
    }

    private static int FirstField(BeatList expected, TransferLog log, TransferDifference difference, int bits, int count)
    {
        var k = difference.Transfer;
        if (k >= expected.Count || k >= log.Count)
            return 0;
        for (var field = 0; field < count; field++)
        {
            if (BitField.ReadUnsigned(expected[k], field * bits, bits) != BitField.ReadUnsigned(log[k], field * bits, bits))
                return field;
        }

        return 0;
    }

    private static (long Expected, long? Actual) Fields(BeatList expected, TransferLog log, TransferDifference difference, int offset, int bits, bool signed)
    {
        long Read(ReadOnlySpan<byte> beat) => signed ? BitField.ReadSigned(beat, offset, bits) : BitField.ReadUnsigned(beat, offset, bits);
        var k = difference.Transfer;
        return (k < expected.Count ? Read(expected[k]) : 0, k < log.Count ? Read(log[k]) : null);
    }

    private static string Search(LayerData data, int row, int subspace, int expected, long? actual)
    {
        var layer = data.Layer;
        var (length, codebook) = (layer.VectorLength, layer.CentroidCount * layer.VectorLength);
        long Distance(int centroid) => GoldenDistance.Between(
            layer.Metric,
            data.SubVectors.AsSpan((row * layer.SubspaceCount + subspace) * length, length),
            layer.Codebooks.AsSpan().Slice(subspace * codebook + centroid * length, length));
        string TableRow(int centroid) => string.Join(' ', layer.Tables.AsSpan()
            .Slice((subspace * layer.CentroidCount + centroid) * layer.OutputChannels, Math.Min(8, layer.OutputChannels)).ToArray());
        var chosen = actual is { } index && index < layer.CentroidCount
            ? $"distance {Distance((int)index)} of the index found, table row {TableRow((int)index)}"
            : "the index found is no centroid of the layer";
        return $"Distance {Distance(expected)} of the index expected, table row {TableRow(expected)}; {chosen} (first columns).";
    }

    private static string Sum(LayerData data, int row, int column)
    {
        var layer = data.Layer;
        if (row >= data.RowCount || column >= layer.OutputChannels)
            return "The column only fills a beat.";
        var sum = Enumerable.Range(0, layer.SubspaceCount).Sum(s =>
            (long)layer.Tables[(s * layer.CentroidCount + data.Indices[row * layer.SubspaceCount + s]) * layer.OutputChannels + column]);
        return $"Sum {sum}, bias {layer.Bias[column]}, multiplier {layer.Multiplier[column]}, shift {layer.Shift[column]}.";
    }
}
