using LutDla.Hardware;

namespace LutDla.Exploration.Calibration;

/// <summary>Chooses whole cores to be measured: of a size that takes minutes, and of every kind of module some.</summary>
public static class CalibrationCores
{
    /// <summary>Keeps them apart from those that modules are sampled from.</summary>
    public const int ForFitting = 13;

    /// <summary>Keeps those that errors are measured on apart from both.</summary>
    public const int ForErrors = 14;

    // In the smallest cells of the library: cells of a core are three times as large on average.
    private const double LeastArea = 15_000;
    private const double MostArea = 90_000;

    /// <param name="purpose"><see cref="ForFitting"/> or <see cref="ForErrors"/>.</param>
    /// <param name="area">Of a core, as it is known by now.</param>
    /// <param name="smallestCell">Of the library, in the same unit.</param>
    public static IEnumerable<Core> Choose(int purpose, bool latches, Func<Core, double> area, double smallestCell) => Enumerable
        .Range(0, int.MaxValue)
        .Select(number => CalibrationSpace.Design(number, purpose, latches))
        .Where(core => area(core) is var size && size >= LeastArea * smallestCell && size <= MostArea * smallestCell);
}
