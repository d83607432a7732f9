using LutDla.Baseline.Products;

namespace LutDla.Cosim.Tests.Baseline;

/// <summary>A product of matrices as it is written in a book, and its rescaling in decimal fractions.</summary>
internal static class PlainProduct
{
    public static int[,] Of(MatrixProduct product)
    {
        var shape = product.Shape;
        var results = new int[shape.Rows, shape.Columns];
        for (var m = 0; m < shape.Rows; m++)
        {
            for (var n = 0; n < shape.Columns; n++)
            {
                long sum = 0;
                for (var k = 0; k < shape.Inner; k++)
                    sum += product.Activations[m, k] * product.Weights[k, n];
                results[m, n] = Rescaled(sum, product.Rescale[n], product);
            }
        }

        return results;
    }

    private static int Rescaled(long sum, ColumnRescale column, MatrixProduct product)
    {
        var exact = (decimal)(sum + column.Bias) * column.Multiplier / (1L << column.Shift);
        return (int)Math.Clamp(Math.Round(exact, MidpointRounding.AwayFromZero), product.Minimum, product.Maximum);
    }
}
