using System.Globalization;
using LutDla.Exploration.Estimation;
using LutDla.Exploration.Spaces;

namespace LutDla.Exploration.Search;

/// <summary>What a point of a space comes to.</summary>
public readonly record struct PointFigures
{
    private const double SquareMicrometresOfSquareMillimetre = 1e6;
    private const double BitsOfKibibyte = 8 * 1024;
    private const double BitsOfByte = 8;

    private readonly double[] _values;

    private PointFigures(double[] values) => _values = values;

    /// <summary>A figure; not a number where nothing says what it is.</summary>
    public double this[Quantity quantity] => _values[(int)quantity];

    /// <param name="accuracyDrop">Nothing where it was not measured.</param>
    public static PointFigures Of(NetworkEstimate network, double? accuracyDrop)
    {
        var core = network.Core;
        var values = new double[Quantities.All.Count];
        values[(int)Quantity.AreaMm2] = core.Area / SquareMicrometresOfSquareMillimetre;
        values[(int)Quantity.PowerMw] = network.Milliwatts ?? double.NaN;
        values[(int)Quantity.EnergyUj] = network.MicrojoulesOfImage ?? double.NaN;
        values[(int)Quantity.LatencyMs] = network.Milliseconds;
        values[(int)Quantity.Gops] = network.Gops;
        values[(int)Quantity.GopsPerMm2] = network.GopsOfSquareMillimetre;
        values[(int)Quantity.GopsPerW] = network.GopsOfWatt ?? double.NaN;
        values[(int)Quantity.AccuracyDrop] = accuracyDrop ?? double.NaN;
        values[(int)Quantity.RamKib] = core.MacroBits / BitsOfKibibyte;
        values[(int)Quantity.BytesPerCycle] = network.TrafficBits / BitsOfByte / network.Cycles;
        return new(values);
    }

    /// <summary>All figures in the order of <see cref="Quantities.All"/>, to the last bit.</summary>
    public string ToText() => string.Join(' ', _values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    /// <exception cref="FormatException">It is not what <see cref="ToText"/> gives.</exception>
    public static PointFigures Parse(string text)
    {
        double[] values = [.. text.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return values.Length == Quantities.All.Count ? new(values) : throw new FormatException("Figures are missing.");
    }

    /// <summary>The same, of a format with such an accuracy.</summary>
    public PointFigures WithAccuracyDrop(double points)
    {
        double[] values = [.. _values];
        values[(int)Quantity.AccuracyDrop] = points;
        return new(values);
    }

    /// <summary>Whether every limit is kept; one on a figure that is not known is not.</summary>
    public bool Keeps(IReadOnlyList<Limit> limits)
    {
        foreach (var limit in limits)
        {
            if (!limit.IsKept(this[limit.Quantity]))
                return false;
        }

        return true;
    }

    /// <summary>Whether it is as good in every objective, and better in one.</summary>
    public bool Dominates(PointFigures other, IReadOnlyList<Quantity> objectives)
    {
        var better = false;
        foreach (var objective in objectives)
        {
            var gain = objective.IsBetterLarge() ? this[objective] - other[objective] : other[objective] - this[objective];
            if (gain < 0)
                return false;
            better |= gain > 0;
        }

        return better;
    }
}
