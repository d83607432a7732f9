using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Baseline.Arrays;

/// <summary>
/// Arrays that equal a core: as many multiplications a cycle as its lookups stand for, no more bits a cycle of activations than its
/// activations have, no more of weights than its tables have, as many rescale units, sums as long, and memories of the same kinds.
/// </summary>
public sealed class EqualArrays(Core core)
{
    // A sum needs as many bits more than a product as sums of 256 of the largest do.
    private const int GuardBits = 8;

    /// <summary>Widths of operands that cores are compared with.</summary>
    public static IReadOnlyList<OperandFormat> Formats { get; } = [new(8, 8), new(8, 4), new(4, 4)];

    /// <summary>Multiplications a cycle.</summary>
    public int Multiplications => core.LookupsPerCycle * core.VectorLength;

    private int ActivationLimit => core.Streams.Activation.PayloadBits;

    private int WeightLimit => core.Streams.Table.PayloadBits;

    private int LongestSum => core.Config.Tile.MaximumSubspaces * core.VectorLength;

    /// <summary>
    /// Of a format the output-stationary one, and two weight-stationary ones: long chains in two rows, and the shortest chains in the rows
    /// that fit the limit. Fewer rows share weights among fewer units, longer chains share the adder of partial sums.
    /// </summary>
    public IReadOnlyList<MacArray> Of(OperandFormat operands)
    {
        var units = ActivationLimit / (DotUnit.Products * operands.ActivationBits);
        return
        [
            SumsHeld(operands, units),
            .. new[] { 2, units / 2 }.Distinct().Select(rows => WeightsHeld(operands, rows, units / rows)),
        ];
    }

    private OutputArray SumsHeld(OperandFormat operands, int rows)
    {
        var columns = Multiplications / DotUnit.Products / rows;
        return new(Common(operands, columns) with
        {
            Name = $"sums_{operands.Name}_r{rows}".ToLowerInvariant(),
            Rows = rows,
            MaximumBlocks = core.Config.Tile.Rows,
            MaximumSteps = Division.RoundedUp(LongestSum, DotUnit.Products),
        });
    }

    // As many rows in a pass as the weights of the next step take to come.
    private WeightArray WeightsHeld(OperandFormat operands, int rows, int chain)
    {
        var columns = Multiplications / DotUnit.Products / rows / chain;
        var common = Common(operands, columns);
        return new(common with
        {
            Name = $"weights_{operands.Name}_r{rows}".ToLowerInvariant(),
            Rows = rows,
            Chain = chain,
            MaximumBlocks = chain * columns / common.LoadColumns,
            MaximumSteps = Division.RoundedUp(LongestSum, chain * DotUnit.Products),
            Buffers = core.ScratchpadBuffers,
        });
    }

    // As many as the limit lets in, one at least.
    private int LoadColumns(int columns, int columnBits) =>
        Enumerable.Range(1, columns).Last(c => columns % c == 0 && (c == 1 || c * columnBits <= WeightLimit));

    private ArrayConfig Common(OperandFormat operands, int columns) => new()
    {
        Name = "",
        Operands = operands,
        Form = ProductForm.Booth, // gives the smallest unit of each format, once columns share the digits of their weights
        AccumulatorBits = operands.ActivationBits + operands.WeightBits + GuardBits,
        Rows = 1,
        Columns = columns,
        MaximumBlocks = 1,
        MaximumSteps = 1,
        LoadColumns = LoadColumns(columns, DotUnit.Products * operands.WeightBits),
        RescaleUnits = core.RescaleUnits,
        OutputBits = core.OutputBits,
        Memories = MemoryStyle.Macro,
        Registers = core.Config.Memories.Tables == MemoryStyle.Latch ? MemoryStyle.Latch : MemoryStyle.FlipFlop,
    };
}
