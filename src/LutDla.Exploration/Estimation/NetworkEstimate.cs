using LutDla.Exploration.Calibration;
using LutDla.Mapping.Costs;

namespace LutDla.Exploration.Estimation;

/// <summary>What the LUT layers of a network cost on a core, in time and energy.</summary>
/// <param name="Cycles">Of all layers, one after the other.</param>
/// <param name="Operations">2 · M · K · N of all layers.</param>
/// <param name="TrafficBits">That cross the ports of the core.</param>
/// <param name="CellMicrojoules">Nothing where the technology has no power.</param>
/// <param name="MacroMicrojoules">Nothing where the macros have none.</param>
/// <param name="TrafficMicrojoules">Of the memory outside.</param>
public sealed record NetworkEstimate(
    CoreEstimate Core, int Images, long Cycles, long Operations, long TrafficBits,
    double? CellMicrojoules, double? MacroMicrojoules, double TrafficMicrojoules)
{
    /// <summary>
    /// Picojoules of a bit from a memory outside of the chip: 640 pJ for 32 bits of DRAM (M. Horowitz, "Computing's energy problem",
    /// ISSCC 2014, figure 1.1.9, at 45 nm).
    /// </summary>
    public const double TrafficPicojoulesOfBit = 20;

    private const double PicojoulesOfMicrojoule = 1e6;
    private const double NanosecondsOfMillisecond = 1e6;
    private const double MilliwattsOfWatt = 1000;
    private const double SquareMicrometresOfSquareMillimetre = 1e6;

    /// <summary>Of all images that go through together.</summary>
    public double Milliseconds => Cycles * Core.ClockNanoseconds / NanosecondsOfMillisecond;

    /// <summary>Of an image, of what is on the chip; nothing where either part of it is not known.</summary>
    public double? MicrojoulesOfImage => (CellMicrojoules + MacroMicrojoules) / Images;

    public double Gops => Operations / (Cycles * Core.ClockNanoseconds);

    public double GopsOfSquareMillimetre => Gops * SquareMicrometresOfSquareMillimetre / Core.Area;

    /// <summary>Milliwatts on the chip, the mean over the layers.</summary>
    public double? Milliwatts => (CellMicrojoules + MacroMicrojoules) / Milliseconds;

    /// <summary>GOPS/W; what is outside of the chip is not in it.</summary>
    public double? GopsOfWatt => Gops * MilliwattsOfWatt / Milliwatts;

    /// <param name="layers">As they cost with so many images, and how many there are of each.</param>
    public static NetworkEstimate Of(CoreEstimate core, IEnumerable<(LayerCost Cost, int Count)> layers, int images)
    {
        var (cycles, operations, bits) = (0L, 0L, 0L);
        var (cells, macros) = ((double?)0, (double?)0);
        foreach (var (layer, count) in layers)
        {
            var activity = Activity.Of(layer.Parts, layer.Cycles);
            var milliseconds = count * layer.Cycles * core.ClockNanoseconds / NanosecondsOfMillisecond;
            cells += core.CellMilliwatts(activity) * milliseconds;
            macros += core.MacroMilliwatts(activity) * milliseconds;
            cycles += count * layer.Cycles;
            operations += count * layer.Product.ProductOperations;
            bits += count * layer.Traffic.Total;
        }

        return new(core, images, cycles, operations, bits, cells, macros, bits * TrafficPicojoulesOfBit / PicojoulesOfMicrojoule);
    }
}
