using MathNet.Numerics.LinearAlgebra;

namespace LutDla.Exploration.Calibration;

/// <summary>Least squares with coefficients of at least 0: nothing that is built in costs less than nothing.</summary>
/// <remarks>C. L. Lawson, R. J. Hanson, "Solving Least Squares Problems", 1974, chapter 23.</remarks>
internal static class LeastSquares
{
    private const double Tolerance = 1e-10;

    // Of a column's length: keeps the solution finite where columns are nearly the same, and moves it by its square otherwise.
    private const double Ridge = 1e-6;

    /// <param name="rows">Of the same length, each with the weight of its equation already in it.</param>
    /// <param name="values">What the rows should give.</param>
    public static double[] NonNegative(IReadOnlyList<double[]> rows, IReadOnlyList<double> values)
    {
        var scales = Enumerable.Range(0, rows[0].Length).Select(j => Math.Sqrt(rows.Sum(r => r[j] * r[j]))).ToArray();
        var a = Matrix<double>.Build.Dense(rows.Count, scales.Length, (i, j) => scales[j] > 0 ? rows[i][j] / scales[j] : 0);
        var b = Vector<double>.Build.DenseOfEnumerable(values);
        var x = Vector<double>.Build.Dense(scales.Length);
        var nothing = Tolerance * b.L2Norm();
        var used = new SortedSet<int>();
        for (var step = 0; step < 3 * scales.Length; step++)
        {
            var gradient = a.TransposeThisAndMultiply(b - (a * x));
            var next = Enumerable.Range(0, scales.Length).Where(j => !used.Contains(j) && scales[j] > 0)
                .OrderByDescending(j => gradient[j]).FirstOrDefault(-1);
            if (next < 0 || gradient[next] <= nothing)
                break;
            used.Add(next);
            x = Solve(a, b, x, used, nothing);
        }

        return [.. x.Select((value, j) => scales[j] > 0 ? value / scales[j] : 0)];
    }

    // The solution with the used columns alone; columns that would be negative leave.
    private static Vector<double> Solve(Matrix<double> a, Vector<double> b, Vector<double> x, SortedSet<int> used, double nothing)
    {
        while (true)
        {
            int[] columns = [.. used];
            var part = Matrix<double>.Build.DenseOfColumnVectors(columns.Select(a.Column));
            var solution = part.Stack(Matrix<double>.Build.DenseDiagonal(columns.Length, Ridge)).QR()
                .Solve(Vector<double>.Build.Dense(b.Count + columns.Length, i => i < b.Count ? b[i] : 0));
            if (solution.All(value => value > 0))
            {
                var full = Vector<double>.Build.Dense(x.Count);
                foreach (var (k, j) in columns.Index())
                    full[j] = solution[k];
                return full;
            }

            var step = columns.Index().Where(c => solution[c.Index] <= 0)
                .Min(c => x[c.Item] == solution[c.Index] ? 0 : x[c.Item] / (x[c.Item] - solution[c.Index]));
            foreach (var (k, j) in columns.Index())
                x[j] += step * (solution[k] - x[j]);
            used.RemoveWhere(j => x[j] <= nothing);
            foreach (var j in Enumerable.Range(0, x.Count).Where(j => !used.Contains(j)))
                x[j] = 0;
            if (used.Count == 0)
                return x;
        }
    }
}
