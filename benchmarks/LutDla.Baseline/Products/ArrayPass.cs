using LutDla.Baseline.Arrays;
using LutDla.Hardware;

namespace LutDla.Baseline.Products;

/// <summary>What one command asks for: some rows, all steps, one set of columns.</summary>
/// <param name="Fetch">Its activations come from outside; otherwise they were kept.</param>
/// <param name="Keep">Its activations stay for the next pass.</param>
public readonly record struct ArrayPass(
    int FirstRow, int RowCount, int FirstColumn, int ColumnCount, int Blocks, int LastRows, int Steps, int RowBeats, bool Fetch, bool Keep)
{
    /// <summary>Beats of results.</summary>
    public long ResultBeats => (long)RowCount * RowBeats;

    /// <summary>The passes of a product: tiles of rows, and for each all sets of columns.</summary>
    /// <exception cref="ArgumentException">A sum has more steps than the array keeps or counts.</exception>
    public static IEnumerable<ArrayPass> Of(MacArray array, ProductShape shape)
    {
        var config = array.Config;
        var steps = Division.RoundedUp(shape.Inner, array.StepProducts);
        if (steps > config.MaximumSteps)
            throw new ArgumentException($"{config.Name}: {steps} steps are more than {config.MaximumSteps}.", nameof(shape));
        return Passes();

        IEnumerable<ArrayPass> Passes()
        {
            var tile = config.MaximumBlocks * config.Rows;
            for (var row = 0; row < shape.Rows; row += tile)
            {
                var rows = Math.Min(tile, shape.Rows - row);
                var blocks = Division.RoundedUp(rows, config.Rows);
                var stays = (long)blocks * steps <= config.ActivationBeats;
                for (var column = 0; column < shape.Columns; column += config.Columns)
                {
                    var columns = Math.Min(config.Columns, shape.Columns - column);
                    yield return new(
                        row, rows, column, columns, blocks, rows - (blocks - 1) * config.Rows, steps,
                        Division.RoundedUp(columns, config.RescaleUnits),
                        Fetch: !stays || column == 0, Keep: stays && column + config.Columns < shape.Columns);
                }
            }
        }
    }
}
