namespace LutDla.Exploration.Calibration;

/// <summary>Fits costs as sums of amounts, each with a coefficient of at least 0, so that relative errors are small.</summary>
/// <param name="Floor">
/// Of the largest cost: errors of costs below that share of it are relative to that, because they need not be as exact.
/// </param>
internal sealed record RelativeFit(double Floor)
{
    /// <param name="rows">Amounts of each sample.</param>
    /// <param name="costs">Of each sample, at least 0.</param>
    public double[] Coefficients(IReadOnlyList<double[]> rows, IReadOnlyList<double> costs)
    {
        double[] weights = [.. costs.Select((_, i) => 1 / Scale(costs, i))];
        return LeastSquares.NonNegative(
            [.. rows.Select((row, i) => row.Select(amount => amount * weights[i]).ToArray())],
            [.. costs.Select((cost, i) => cost * weights[i])]);
    }

    /// <summary>The relative error of each sample when it is left out of the fit, with all others of its group.</summary>
    /// <param name="groups">Of each sample, a number.</param>
    /// <returns>0 where a single group leaves nothing to fit.</returns>
    public double[] ErrorsLeftOut(IReadOnlyList<double[]> rows, IReadOnlyList<double> costs, IReadOnlyList<int> groups)
    {
        var errors = new double[rows.Count];
        int[] all = [.. groups.Distinct()];
        foreach (var group in all.Length == 1 ? [] : all)
        {
            int[] others = [.. Enumerable.Range(0, rows.Count).Where(i => groups[i] != group)];
            var each = Coefficients([.. others.Select(i => rows[i])], [.. others.Select(i => costs[i])]);
            foreach (var i in Enumerable.Range(0, rows.Count).Where(i => groups[i] == group))
                errors[i] = Math.Abs(rows[i].Zip(each, (amount, cost) => amount * cost).Sum() - costs[i]) / Scale(costs, i);
        }

        return errors;
    }

    // What an error is relative to; 1 where nothing costs anything.
    private double Scale(IReadOnlyList<double> costs, int sample) =>
        costs.Max() is > 0 and var largest ? Math.Max(costs[sample], Floor * largest) : 1;
}
