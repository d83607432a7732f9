using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Streams;

/// <summary>What must come out of a core for passes of a layer, as beats: the golden model's values in the order of the streams.</summary>
public static class ExpectedBeats
{
    /// <summary>Of the result stream.</summary>
    public static BeatList Results(Core core, LayerData data, IEnumerable<TilePass> passes)
    {
        var (expected, beats) = (new LayerExpectation(data), new BeatList(core.Streams.Result.PayloadBits));
        foreach (var place in TransferOrder.Results(core, passes))
        {
            var beat = beats.Add();
            for (var unit = 0; unit < core.RescaleUnits; unit++)
                BitField.Write(beat, unit * core.OutputBits, core.OutputBits, expected.Result(place.Row, place.FirstColumn + unit));
            BitField.Write(beat, core.RescaleUnits * core.OutputBits, 1, place.IsLast ? 1 : 0);
        }

        return beats;
    }

    /// <summary>Of the index monitor.</summary>
    public static BeatList Indices(Core core, LayerData data, IEnumerable<TilePass> passes)
    {
        var (expected, beats) = (new LayerExpectation(data), new BeatList(core.Streams.Index.PayloadBits));
        foreach (var place in TransferOrder.Indices(core, passes))
        {
            var beat = beats.Add();
            for (var field = 0; field < core.RowsInParallel * core.SubspacesInParallel; field++)
            {
                var (rowOffset, subspaceOffset) = Math.DivRem(field, core.SubspacesInParallel);
                var (row, subspace) = (place.FirstRow + rowOffset, place.FirstSubspace + subspaceOffset);
                var index = row < place.EndRow ? expected.Index(row, subspace) : expected.FillingIndex(subspace);
                BitField.Write(beat, field * core.IndexBits, core.IndexBits, index);
            }
        }

        return beats;
    }
}
