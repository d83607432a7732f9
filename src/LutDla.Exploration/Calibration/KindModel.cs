namespace LutDla.Exploration.Calibration;

/// <summary>What a kind of module costs by what it is made of.</summary>
/// <param name="Terms">The first is what is always there.</param>
/// <param name="Samples">Modules that were synthesised.</param>
/// <param name="MeanError">
/// Of samples left out of the fit one at a time, relative; of those smaller than a fiftieth of the largest, relative to that.
/// </param>
/// <param name="WorstError">The largest of these.</param>
public sealed record KindModel(IReadOnlyList<TermCost> Terms, int Samples, double MeanError, double WorstError)
{
    // Modules smaller than a fiftieth of the largest need not be as exact as large ones, and some are nothing but wires.
    private static readonly RelativeFit Relative = new(Floor: 0.02);

    /// <param name="amounts">Of each term.</param>
    public double Cost(IReadOnlyList<double> amounts) => Terms.Zip(amounts, (term, amount) => term.Each * amount).Sum();

    /// <summary>Whether each amount lies between the least and the most that was sampled.</summary>
    public bool Covers(IReadOnlyList<double> amounts) =>
        Terms.Zip(amounts).All(term => term.Second >= term.First.Least && term.Second <= term.First.Most);

    /// <param name="samples">Of one kind, at least one.</param>
    /// <param name="costs">What each costs.</param>
    public static KindModel Fit(IReadOnlyList<ModuleSample> samples, IReadOnlyList<double> costs)
    {
        double[][] rows = [.. samples.Select(sample => sample.Amounts)];
        var errors = Relative.ErrorsLeftOut(rows, costs, [.. Enumerable.Range(0, rows.Length)]);
        var each = Relative.Coefficients(rows, costs);
        string[] names = ["always", .. samples[0].Module.Structure.Select(term => term.Name)];
        return new(
            [.. names.Select((name, j) => new TermCost(name, each[j], rows.Min(row => row[j]), rows.Max(row => row[j])))],
            rows.Length, errors.Average(), errors.Max());
    }
}

/// <summary>What one of a term costs.</summary>
/// <param name="Name">As in <see cref="Hardware.Modules.Module.Structure"/>.</param>
/// <param name="Least">Amount that was sampled.</param>
/// <param name="Most">Amount that was sampled.</param>
public sealed record TermCost(string Name, double Each, double Least, double Most);
