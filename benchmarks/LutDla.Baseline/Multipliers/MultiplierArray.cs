using LutDla.Baseline.Memories;
using LutDla.Hardware;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Baseline.Multipliers;

/// <summary>
/// An array of <see cref="BoothBaseline"/> units that equals a core: as many multiplications a cycle as the core's lookups stand
/// for, and memories with which it needs no more from outside. A core keeps a tile's indices so that its activations come once
/// for all output columns; the array keeps the activations themselves.
/// </summary>
/// <remarks>Not counted on either side: control, the way in and out of the chip, and what a core's tables are loaded from.</remarks>
public sealed class MultiplierArray(Core core)
{
    private const int Products = BoothBaseline.Products;
    private const int OperandBits = 8;

    /// <summary>Multiplications a cycle.</summary>
    public int Multiplications => core.LookupsPerCycle * core.VectorLength;

    public int Units => Multiplications / Products;

    /// <summary>
    /// In the loop order of the core: weights stay for a tile of rows, so partial sums of the tile are in memories, of the core's
    /// shapes but with the units' accumulators for words.
    /// </summary>
    public IReadOnlyList<MemoryShape> WithWeightsHeld =>
    [
        .. core.Top.Occurrences().Where(o => o.Module is Memory { Role: MemoryRole.Scratchpad })
            .Select(o => new MemoryShape(
                "partial sums", ((Memory)o.Module).Words, core.Config.Matching.Lanes * BoothBaseline.AccumulatorBits, o.Count)),
        new("activations", core.Config.Tile.IndexBufferBeats, BeatBits, 1),
    ];

    /// <summary>
    /// Sums stay in the units until they are done, so that there are no memories for them; each cycle takes weights, which come
    /// from a buffer that is loaded while another is read.
    /// </summary>
    public IReadOnlyList<MemoryShape> WithSumsHeld
    {
        get
        {
            var rows = Enumerable.Range(1, Units).Last(n => n * n <= Units && Units % n == 0);
            var (rowBits, columnBits) = (rows * Products * OperandBits, Units / rows * Products * OperandBits);
            return
            [
                new("activations", (int)(ActivationBits / rowBits), rowBits, 1),
                new("weights", (int)(ActivationBits / OperandBits / core.Config.Tile.Rows / Products), columnBits, 2),
            ];
        }
    }

    // The sub-vectors whose indices a beat holds.
    private int BeatBits =>
        core.Config.Matching.RowsInParallel * core.Config.Matching.SubspacesInParallel * core.VectorLength * OperandBits;

    private long ActivationBits => (long)core.Config.Tile.IndexBufferBeats * BeatBits;
}
