using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Streams;

/// <summary>What a beat of the result stream holds: as many neighbouring columns of one row as there are rescale units.</summary>
/// <param name="Pass">Number of the pass that asked for it.</param>
/// <param name="IsLast">It is the last one of its pass.</param>
public readonly record struct ResultPlace(int Pass, int Row, int FirstColumn, bool IsLast);

/// <summary>What a beat of the index monitor holds: R neighbouring rows, P neighbouring subspaces of each.</summary>
/// <param name="Pass">Number of the pass that searched it.</param>
/// <param name="EndRow">Rows from here on only fill the block.</param>
public readonly record struct IndexPlace(int Pass, int FirstRow, int EndRow, int FirstSubspace);

/// <summary>Where in a layer the transfers that passes ask for belong, in the order of the streams (docs/core.md).</summary>
public static class TransferOrder
{
    public static IEnumerable<ResultPlace> Results(Core core, IEnumerable<TilePass> passes)
    {
        foreach (var (number, pass) in passes.Index())
        {
            for (var k = 0; k < pass.ResultBeats; k++)
            {
                var (row, column) = (pass.FirstRow + k / pass.RowBeats, pass.FirstColumn + k % pass.RowBeats * core.RescaleUnits);
                yield return new ResultPlace(number, row, column, IsLast: k == pass.ResultBeats - 1);
            }
        }
    }

    public static IEnumerable<IndexPlace> Indices(Core core, IEnumerable<TilePass> passes)
    {
        foreach (var (number, pass) in passes.Index().Where(p => p.Item.Search))
        {
            for (var k = 0; k < pass.Beats; k++)
            {
                var (block, group) = (k % pass.Blocks, k / pass.Blocks);
                yield return new IndexPlace(
                    number, pass.FirstRow + block * core.RowsInParallel, pass.FirstRow + pass.RowCount, group * core.SubspacesInParallel);
            }
        }
    }
}
