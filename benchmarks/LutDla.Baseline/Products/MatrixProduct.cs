namespace LutDla.Baseline.Products;

/// <summary>A product of two matrices of signed integers, rescaled (docs/arithmetic.md, section 5).</summary>
/// <param name="Activations">M rows of K numbers.</param>
/// <param name="Weights">K rows of N numbers.</param>
/// <param name="Rescale">Of each of the N columns.</param>
/// <param name="Minimum">The lowest result.</param>
/// <param name="Maximum">The highest result.</param>
public sealed record MatrixProduct(
    int[,] Activations, int[,] Weights, IReadOnlyList<ColumnRescale> Rescale, int Minimum, int Maximum)
{
    public ProductShape Shape => new(Activations.GetLength(0), Activations.GetLength(1), Weights.GetLength(1));
}

/// <summary>What turns the sums of a column into results.</summary>
/// <param name="Multiplier">Unsigned, 16 bits.</param>
/// <param name="Shift">0 to 31.</param>
public readonly record struct ColumnRescale(long Bias, int Multiplier, int Shift);

/// <summary>Sizes of a product of matrices: M x K times K x N.</summary>
public readonly record struct ProductShape(int Rows, int Inner, int Columns)
{
    public long Multiplications => (long)Rows * Inner * Columns;
}
