using LutDla.Baseline.Arrays;
using LutDla.Baseline.Products;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Baseline;

/// <summary>Small arrays of all kinds, and products for them.</summary>
internal sealed class ArrayCase(Dataflow dataflow, ArrayConfig config)
{
    private static readonly ArrayConfig Sums = new()
    {
        Name = "sums", Operands = new(8, 8), AccumulatorBits = 24, Rows = 3, Columns = 4, MaximumBlocks = 3, MaximumSteps = 5,
        LoadColumns = 2, RescaleUnits = 2,
    };

    private static readonly ArrayConfig Weights = new()
    {
        Name = "weights", Operands = new(8, 8), AccumulatorBits = 24, Rows = 2, Columns = 4, Chain = 3, MaximumBlocks = 6, MaximumSteps = 4,
        LoadColumns = 2, RescaleUnits = 2,
    };

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, ArrayCase> All { get; } = new ArrayCase[]
    {
        new(Dataflow.OutputStationary, Sums),
        new(Dataflow.OutputStationary, Sums with
        {
            Name = "kept_sums", ActivationBeats = 7, Registers = MemoryStyle.Latch, Memories = MemoryStyle.Latch, LoadColumns = 4,
        }),
        new(Dataflow.OutputStationary, Sums with
        {
            Name = "narrow_sums", Operands = new(4, 4), Form = ProductForm.BaughWooley, AccumulatorBits = 16, Rows = 1, Columns = 3,
            MaximumBlocks = 1, LoadColumns = 1, RescaleUnits = 1, OutputBits = 4, Memories = MemoryStyle.Macro,
        }),
        new(Dataflow.OutputStationary, Sums with
        {
            Name = "mixed_sums", Operands = new(8, 4), AccumulatorBits = 20, Rows = 2, MaximumSteps = 1, RescaleUnits = 4,
        }),
        new(Dataflow.OutputStationary, Sums with { Name = "operator_sums", Form = ProductForm.Operator, Rows = 2, Columns = 2 }),
        new(Dataflow.WeightStationary, Weights),
        new(Dataflow.WeightStationary, Weights with
        {
            Name = "kept_weights", ActivationBeats = 9, Registers = MemoryStyle.Latch, Memories = MemoryStyle.Latch, Buffers = 1,
            LoadColumns = 4,
        }),
        new(Dataflow.WeightStationary, Weights with
        {
            Name = "narrow_weights", Operands = new(4, 4), Form = ProductForm.BaughWooley, AccumulatorBits = 16, Rows = 1, Columns = 3,
            Chain = 2, LoadColumns = 1, RescaleUnits = 1, OutputBits = 4, Memories = MemoryStyle.Macro,
        }),
        new(Dataflow.WeightStationary, Weights with
        {
            Name = "mixed_weights", Operands = new(8, 4), AccumulatorBits = 20, MaximumBlocks = 1, RescaleUnits = 4,
        }),
        new(Dataflow.WeightStationary, Weights with { Name = "operator_weights", Form = ProductForm.Operator, Columns = 2, Buffers = 1 }),
    }.ToDictionary(c => c.Array.Config.Name);

    public MacArray Array { get; } = MacArray.Of(dataflow, config);

    public IReadOnlyList<VerilogFile> Files => ArraySynthesis.Files(Array);

    public IReadOnlyList<StreamPort> Streams => [.. Array.Ports.All.Select(s => s.Port)];

    /// <summary>Numbers at random, every fourth an extreme one; sums that are no whole sets of rows, steps or columns.</summary>
    public MatrixProduct Product(ProductShape shape, int seed)
    {
        var random = new Random(seed);
        var (operands, output) = (Array.Config.Operands, Array.Config.OutputBits);
        return new(
            Matrix(random, shape.Rows, shape.Inner, operands.ActivationBits),
            Matrix(random, shape.Inner, shape.Columns, operands.WeightBits),
            [
                .. Enumerable.Range(0, shape.Columns)
                    .Select(_ => new ColumnRescale(random.Next(-3000, 3000), random.Next(1 << 16), random.Next(14, 32))),
            ],
            -(1 << (output - 1)), (1 << (output - 1)) - 2);
    }

    /// <summary>Shapes that fill an array in part, exactly, and several times.</summary>
    public IEnumerable<ProductShape> Shapes()
    {
        var (rows, columns) = (Array.Config.Rows * Array.Config.MaximumBlocks, Array.Config.Columns);
        var inner = Array.StepProducts * Array.Config.MaximumSteps;
        yield return new(1, 1, 1);
        yield return new(rows, inner, columns);
        yield return new(rows + 1, Array.StepProducts + 1 <= inner ? Array.StepProducts + 1 : 3, 2 * columns + 1);
        yield return new(2 * rows + Math.Max(1, Array.Config.Rows - 1), inner - 3, 3 * columns - 1);
    }

    public async Task<SimulationRun> RunAsync(
        DesignUnderTest design, ArrayBeats beats, ulong stallSeed, CancellationToken cancellation)
    {
        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, ContentCache.Default, cancellation);
        return await simulator.RunAsync(
            new SimulationRequest
            {
                Stimuli = beats.All,
                Expected = new Dictionary<string, long> { ["result"] = beats.Passes.Sum(p => p.ResultBeats) },
                CycleBudget = 1000 + 40L * (beats.Activations.Count + beats.Weights.Count + beats.Passes.Sum(p => p.ResultBeats)),
                Stalls = stallSeed == 0 ? StallPattern.None : StallPattern.FromSeed(stallSeed),
                ProbeHandshake = stallSeed == 1,
                DrainCycles = 8,
                PowerUpSeed = SimulationRequest.PowerUpSeedOf((int)stallSeed),
            },
            cancellation);
    }

    /// <summary>The results by row and column: each must have come once, and only the last beat of a pass says that it is that.</summary>
    public int[,] Results(ArrayBeats beats, ProductShape shape, TransferLog log)
    {
        var (units, bits) = (Array.Config.RescaleUnits, Array.Config.OutputBits);
        var results = new int[shape.Rows, shape.Columns];
        var came = new bool[shape.Rows, shape.Columns];
        var transfer = 0;
        foreach (var pass in beats.Passes)
        {
            for (var row = 0; row < pass.RowCount; row++)
            {
                for (var beat = 0; beat < pass.RowBeats; beat++, transfer++)
                {
                    var isLast = row == pass.RowCount - 1 && beat == pass.RowBeats - 1;
                    Assert.Equal(isLast ? 1 : 0, BitField.ReadUnsigned(log[transfer], units * bits, 1));
                    for (var unit = 0; unit < units && beat * units + unit < pass.ColumnCount; unit++)
                    {
                        var (m, n) = (pass.FirstRow + row, pass.FirstColumn + beat * units + unit);
                        Assert.False(came[m, n]);
                        (results[m, n], came[m, n]) = ((int)BitField.ReadSigned(log[transfer], unit * bits, bits), true);
                    }
                }
            }
        }

        Assert.Equal(log.Count, transfer);
        Assert.DoesNotContain(false, came.Cast<bool>());
        return results;
    }

    private static int[,] Matrix(Random random, int rows, int columns, int bits)
    {
        var (lowest, highest) = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
        var matrix = new int[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                matrix[i, j] = random.Next(4) == 0 ? random.GetItems([lowest, lowest, highest, 0], 1)[0] : random.Next(lowest, highest + 1);
        }

        return matrix;
    }
}
