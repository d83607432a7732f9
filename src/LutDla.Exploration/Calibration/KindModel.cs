namespace LutDla.Exploration.Calibration;

/// <summary>What a kind of module costs: a sum over what it is made of, corrected by what samples like it cost.</summary>
/// <param name="Terms">The first is what is always there.</param>
/// <param name="Correction">Relative to the sum, or to <paramref name="Floor"/> where that is larger.</param>
/// <param name="Floor">In the unit of the costs.</param>
/// <param name="Samples">Modules that were synthesised.</param>
/// <param name="MeanError">
/// Of samples (of many: some of them) left out one at a time, relative; of those smaller than a fiftieth of the largest, relative to
/// that. How much each term costs, and along which parameters costs change fast, are found with all of them.
/// </param>
/// <param name="WorstError">The largest of these.</param>
public sealed record KindModel(
    IReadOnlyList<TermCost> Terms, LocalCorrection Correction, double Floor, int Samples, double MeanError, double WorstError)
{
    // Modules smaller than a fiftieth of the largest need not be as exact as large ones, and some are nothing but wires.
    private const double SmallShare = 0.02;

    // Fewer say nothing about what lies between them.
    private const int LeastSamples = 4;

    // More neighbours tell little more, and the time that they take to fit grows with their cube.
    private const int MostNeighbours = 100;

    private static readonly RelativeFit Relative = new(SmallShare);

    /// <param name="point">Of a module of this kind.</param>
    public double Cost(CostPoint point)
    {
        var sum = Sum(Terms, point.Amounts);
        return Correction.Places.Count == 0 ? sum : Math.Max(0, sum + Correction.At(point.Place) * Math.Max(sum, Floor));
    }

    /// <summary>Whether each amount lies between the least and the most that was sampled.</summary>
    public bool Covers(CostPoint point) =>
        Terms.Zip(point.Amounts).All(term => term.Second >= term.First.Least && term.Second <= term.First.Most);

    /// <param name="samples">Of one kind, at least one.</param>
    /// <param name="costs">What each costs.</param>
    public static KindModel Fit(IReadOnlyList<CostPoint> samples, IReadOnlyList<double> costs)
    {
        double[][] rows = [.. samples.Select(sample => sample.Amounts)];
        var each = Relative.Coefficients(rows, costs);
        TermCost[] terms =
            [.. samples[0].Names.Select((name, j) => new TermCost(name, each[j], rows.Min(row => row[j]), rows.Max(row => row[j])))];
        var floor = SmallShare * costs.Max();
        double[] sums = [.. rows.Select(row => Sum(terms, row))];
        var (correction, left) = samples.Count < LeastSamples || floor == 0
            ? (LocalCorrection.None, [.. Relative.ErrorsLeftOut(rows, costs, [.. Enumerable.Range(0, rows.Length)])])
            : LocalCorrection.Fit(
                [.. Spread(samples).Select(sample => sample.Place)],
                [.. Spread(sums.Select((sum, i) => (costs[i] - sum) / Math.Max(sum, floor)).ToList())]);
        double[] errors = [.. left.Select(Math.Abs)];
        return new(terms, correction, floor, rows.Length, errors.Average(), errors.Max());
    }

    private static IEnumerable<T> Spread<T>(IReadOnlyList<T> all)
    {
        var stride = (all.Count + MostNeighbours - 1) / MostNeighbours;
        for (var i = 0; i < all.Count; i += stride)
            yield return all[i];
    }

    private static double Sum(IReadOnlyList<TermCost> terms, double[] amounts)
    {
        var sum = 0.0;
        for (var j = 0; j < amounts.Length; j++)
            sum += terms[j].Each * amounts[j];
        return sum;
    }
}

/// <summary>What one of a term costs.</summary>
/// <param name="Name">As in <see cref="CostPoint.Names"/>.</param>
/// <param name="Least">Amount that was sampled.</param>
/// <param name="Most">Amount that was sampled.</param>
public sealed record TermCost(string Name, double Each, double Least, double Most);
