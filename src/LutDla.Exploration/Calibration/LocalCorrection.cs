using MathNet.Numerics.LinearAlgebra;

namespace LutDla.Exploration.Calibration;

/// <summary>
/// What modules near by say where a sum of terms is off: mappers find better gates for some widths than for others, and that no sum of
/// terms can tell. A relative error, by distance from the samples; far from all of them it is 0.
/// </summary>
/// <param name="Scales">Of each coordinate: how fast the error changes along it.</param>
/// <param name="Places">Coordinates of each sample.</param>
/// <param name="Weights">Of each sample.</param>
/// <remarks>
/// A Gaussian process with an exponential kernel: C. E. Rasmussen, C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006,
/// equations 2.25 and, for what is left out, 5.12. Scales and noise are those with the smallest errors of samples left out.
/// </remarks>
public sealed record LocalCorrection(IReadOnlyList<double> Scales, IReadOnlyList<double[]> Places, IReadOnlyList<double> Weights)
{
    // Of the coordinates, which are logarithms: 0 does not matter, 3 has forgotten half at a factor of 1.3.
    private static readonly double[] KnownScales = [0, 0.3, 1, 3];
    private static readonly double[] Noises = [0.03, 0.1, 0.3, 1, 10];
    private const double FirstScale = 0.3;
    private const int Rounds = 3;

    /// <summary>Changes nothing.</summary>
    public static LocalCorrection None { get; } = new([], [], []);

    /// <param name="place">As many coordinates as samples have.</param>
    /// <returns>What to add, relative.</returns>
    public double At(double[] place)
    {
        var sum = 0.0;
        for (var i = 0; i < Places.Count; i++)
            sum += Weights[i] * Likeness(Scales, Places[i], place);
        return sum;
    }

    /// <param name="places">Of each sample; coordinates that are the same in all do not matter.</param>
    /// <param name="errors">Of each sample, relative.</param>
    /// <returns>The correction, and what is left of each error when its sample is left out.</returns>
    public static (LocalCorrection Correction, IReadOnlyList<double> LeftOut) Fit(
        IReadOnlyList<double[]> places, IReadOnlyList<double> errors)
    {
        int[] live = [.. Enumerable.Range(0, places[0].Length).Where(k => places.Any(p => p[k] != places[0][k]))];
        if (live.Length == 0)
            return (None, errors);
        var best = Noises.Select(noise => Descend(places, errors, live, noise)).MinBy(fit => fit.Size)!;
        return (new(best.Scales, places, best.Weights), best.LeftOut);
    }

    // One coordinate after the other.
    private static Trial Descend(IReadOnlyList<double[]> places, IReadOnlyList<double> errors, int[] live, double noise)
    {
        var scales = new double[places[0].Length];
        foreach (var k in live)
            scales[k] = FirstScale;
        var best = Try(places, errors, scales, noise);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var k in live)
            {
                foreach (var scale in KnownScales)
                {
                    double[] changed = [.. best.Scales];
                    changed[k] = scale;
                    if (Try(places, errors, changed, noise) is var trial && trial.Size < best.Size)
                        best = trial;
                }
            }
        }

        return best;
    }

    private static Trial Try(IReadOnlyList<double[]> places, IReadOnlyList<double> errors, double[] scales, double noise)
    {
        var inverse = Matrix<double>.Build
            .Dense(places.Count, places.Count, (i, j) => Likeness(scales, places[i], places[j]) + (i == j ? noise : 0)).Inverse();
        var weights = inverse * Vector<double>.Build.DenseOfEnumerable(errors);
        double[] left = [.. weights.Select((weight, i) => weight / inverse[i, i])];
        return new(scales, [.. weights], left, left.Sum(e => e * e));
    }

    private static double Likeness(IReadOnlyList<double> scales, double[] a, double[] b)
    {
        var square = 0.0;
        for (var k = 0; k < scales.Count; k++)
        {
            var distance = scales[k] * (a[k] - b[k]);
            square += distance * distance;
        }

        return Math.Exp(-Math.Sqrt(square));
    }

    private sealed record Trial(double[] Scales, double[] Weights, double[] LeftOut, double Size);
}
