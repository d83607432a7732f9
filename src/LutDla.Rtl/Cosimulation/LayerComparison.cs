using System.Collections;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// Holds what a core delivered against the layer: every transfer by the places that its pass asked for, then every place of the layer:
/// each result must have come exactly once, each index at least once. Of the schedule it believes nothing but which places a pass asks for.
/// </summary>
public sealed class LayerComparison(Core core, LayerData data, IReadOnlyList<TilePass> passes)
{
    private readonly LayerExpectation _expected = new(data);
    private readonly MismatchReport _report = new(data);
    private readonly BitArray _results = new(data.RowCount * data.Layer.OutputChannels);
    private readonly BitArray _indices = new(data.RowCount * data.Layer.SubspaceCount);

    /// <returns>The first difference; nothing if there is none. A wrong index comes before the result that it spoils.</returns>
    public Mismatch? FirstMismatch(TransferLog indices, TransferLog results) =>
        FirstWrong(indices, results) ?? MissingResult() ?? MissingIndex();

    /// <summary>The same of a run that broke off: what came must be right, the rest may lack.</summary>
    public Mismatch? FirstWrong(TransferLog indices, TransferLog results) =>
        FirstWrong(indices, TransferOrder.Indices(core, passes), WrongIndex, MismatchKind.SurplusIndex)
        ?? FirstWrong(results, TransferOrder.Results(core, passes), WrongResult, MismatchKind.SurplusResult);

    private delegate Mismatch? Compare<in TPlace>(ReadOnlySpan<byte> beat, long cycle, TPlace place);

    private Mismatch? FirstWrong<TPlace>(TransferLog log, IEnumerable<TPlace> places, Compare<TPlace> compare, MismatchKind surplus)
    {
        var k = 0;
        foreach (var place in places.Take(log.Count))
        {
            if (compare(log[k], log.Cycles[k], place) is { } mismatch)
                return mismatch;
            k++;
        }

        return k < log.Count ? _report.Surplus(surplus, log.Cycles[k]) : null;
    }

    private Mismatch? WrongIndex(ReadOnlySpan<byte> beat, long cycle, IndexPlace place)
    {
        for (var field = 0; field < core.RowsInParallel * core.SubspacesInParallel; field++)
        {
            var (rowOffset, subspaceOffset) = Math.DivRem(field, core.SubspacesInParallel);
            var (row, subspace) = (place.FirstRow + rowOffset, place.FirstSubspace + subspaceOffset);
            var actual = BitField.ReadUnsigned(beat, field * core.IndexBits, core.IndexBits);
            var isReal = row < place.EndRow && row < data.RowCount;
            var expected = isReal ? _expected.Index(row, subspace) : _expected.FillingIndex(subspace);
            if (actual != expected)
                return _report.Index(place.Pass, isReal ? row : -1, subspace, expected, actual, cycle);
            if (isReal && subspace < data.Layer.SubspaceCount)
                _indices[row * data.Layer.SubspaceCount + subspace] = true;
        }

        return null;
    }

    private Mismatch? WrongResult(ReadOnlySpan<byte> beat, long cycle, ResultPlace place)
    {
        if (place.Row >= data.RowCount)
            return _report.Surplus(MismatchKind.SurplusResult, cycle);
        for (var unit = 0; unit < core.RescaleUnits; unit++)
        {
            var column = place.FirstColumn + unit;
            var actual = BitField.ReadSigned(beat, unit * core.OutputBits, core.OutputBits);
            var expected = _expected.Result(place.Row, column);
            if (actual != expected)
                return _report.Result(place.Pass, place.Row, column, expected, actual, cycle);
            if (column >= data.Layer.OutputChannels)
                continue;
            var at = place.Row * data.Layer.OutputChannels + column;
            if (_results[at])
                return _report.Repetition(place.Pass, place.Row, column, actual, cycle);
            _results[at] = true;
        }

        var last = BitField.ReadUnsigned(beat, core.RescaleUnits * core.OutputBits, 1) == 1;
        return last == place.IsLast ? null : _report.Last(place.Pass, place.Row, place.FirstColumn, place.IsLast, cycle);
    }

    private Mismatch? MissingResult()
    {
        var at = FirstUnset(_results);
        if (at < 0)
            return null;
        var (row, column) = (at / data.Layer.OutputChannels, at % data.Layer.OutputChannels);
        return _report.Result(PassOf(row, column), row, column, _expected.Result(row, column), null, null);
    }

    private Mismatch? MissingIndex()
    {
        var at = FirstUnset(_indices);
        if (at < 0)
            return null;
        var (row, subspace) = (at / data.Layer.SubspaceCount, at % data.Layer.SubspaceCount);
        return _report.Index(PassOf(row, column: 0), row, subspace, _expected.Index(row, subspace), null, null);
    }

    private int? PassOf(int row, int column)
    {
        foreach (var (number, p) in passes.Index())
        {
            if (row >= p.FirstRow && row < p.FirstRow + p.RowCount && column >= p.FirstColumn && column < p.FirstColumn + p.ColumnCount)
                return number;
        }

        return null;
    }

    private static int FirstUnset(BitArray bits)
    {
        for (var k = 0; k < bits.Count; k++)
        {
            if (!bits[k])
                return k;
        }

        return -1;
    }
}
