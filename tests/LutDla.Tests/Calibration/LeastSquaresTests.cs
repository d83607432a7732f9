using CsCheck;
using LutDla.Exploration.Calibration;

namespace LutDla.Tests.Calibration;

public sealed class LeastSquaresTests
{
    [Fact]
    public void Values_that_are_a_sum_of_the_columns_give_its_coefficients()
    {
        double[][] rows = [[1, 0, 3], [1, 2, 1], [1, 5, 0], [1, 1, 1]];

        var found = LeastSquares.NonNegative(rows, [.. rows.Select(r => (2 * r[0]) + (0.5 * r[1]) + (7 * r[2]))]);

        AssertNear([2, 0.5, 7], found);
    }

    // Of y = 3 - x at 0, 1, 2, 3 the slope is negative, so it is 0 and the constant the mean.
    [Fact]
    public void A_coefficient_that_would_be_negative_is_0_and_the_others_make_the_best_of_it() =>
        AssertNear([1.5, 0], LeastSquares.NonNegative([[1, 0], [1, 1], [1, 2], [1, 3]], [3, 2, 1, 0]));

    [Fact]
    public void A_column_of_zeros_and_a_column_that_is_there_twice_do_no_harm() =>
        AssertNear([12, 0], Folded(LeastSquares.NonNegative([[1, 1, 0], [2, 2, 0], [3, 3, 0]], [12, 24, 36])));

    [Fact]
    public void Columns_that_are_nearly_the_same_do_no_harm()
    {
        double[][] rows = [.. Enumerable.Range(1, 20).Select(i => (double[])[i, i * (1 + 1e-15), 1.0 / i])];

        var found = LeastSquares.NonNegative(rows, [.. rows.Select(r => 5 * r[0] + r[2])]);

        Assert.Equal(5, found[0] + found[1], 6);
        Assert.Equal(1, found[2], 6);
    }

    // The conditions of Karush, Kuhn and Tucker: no coefficient could move, within its bound, to a smaller error.
    [Fact]
    public void No_other_coefficients_of_at_least_0_are_better() => (
        from columns in Gen.Int[1, 5]
        from rows in Gen.Int[0, 1000].Select(n => n / 100.0).Array[columns].Array[columns + 3]
        from values in Gen.Int[-500, 2000].Select(n => n / 100.0).Array[columns + 3]
        select (rows, values)).Sample(sample =>
    {
        var (rows, values) = sample;
        var found = LeastSquares.NonNegative(rows, values);

        double[] residuals = [.. rows.Select((row, i) => values[i] - row.Zip(found, (a, x) => a * x).Sum())];
        var size = rows.Max(row => row.Max()) * values.Max(Math.Abs) * values.Length;
        for (var j = 0; j < found.Length; j++)
        {
            var gradient = rows.Select((row, i) => row[j] * residuals[i]).Sum();
            Assert.True(found[j] >= 0);
            Assert.InRange(gradient, found[j] > 0 ? -1e-6 * size : double.NegativeInfinity, 1e-6 * size);
        }
    }, iter: 300);

    private static double[] Folded(double[] found) => [found[0] + found[1], found[2]];

    private static void AssertNear(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 9));
    }
}
