using System.Runtime.Intrinsics;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>
/// What normalisation by a batch computes, by channel: outputs = clamp(round((sums - Mean) · Factor + Offset)), halves to even.
/// </summary>
internal sealed record ChannelNorms(float[] Mean, float[] Factor, float[] Offset);

/// <summary>
/// Batch normalisation with rounding and clamping, forward and back, in as few passes over memory as there can be. All tensors are [rows,
/// channels]. The gradient passes the rounding and stops at the clamps; where they were is computed again instead of read.
/// </summary>
internal static unsafe class BatchNormalisation
{
    /// <summary>Rows that are added in single precision.</summary>
    private const int PieceRows = 256;

    /// <summary>Adds up rows <paramref name="begin"/> to before <paramref name="end"/>.</summary>
    /// <param name="totals">[2, channels], zeros; written.</param>
    private delegate void PieceSums(int begin, int end, float* totals);

    /// <summary>[2, channels]: the sums over all rows of sums - shift, and of its square.</summary>
    /// <param name="shift">[channels], near the means, so that squares keep their digits.</param>
    public static double[] Totals(float* sums, float* shift, int rows, int channels) => AddUp(rows, channels, (begin, end, totals) =>
    {
        var n = 0;
        for (; n <= channels - Vector512<float>.Count; n += Vector512<float>.Count)
        {
            var (centre, total, squares) = (Vector512.Load(shift + n), Vector512<float>.Zero, Vector512<float>.Zero);
            for (var m = (long)begin; m < end; m++)
            {
                var value = Vector512.Load(sums + m * channels + n) - centre;
                total += value;
                squares += value * value;
            }

            total.Store(totals + n);
            squares.Store(totals + channels + n);
        }

        for (; n < channels; n++)
        {
            for (var m = (long)begin; m < end; m++)
            {
                var value = sums[m * channels + n] - shift[n];
                totals[n] += value;
                totals[channels + n] += value * value;
            }
        }
    });

    /// <summary>outputs = clamp(round((sums - Mean) · Factor + Offset)).</summary>
    public static void Apply(
        float* sums, ChannelNorms norms, float* outputs, int rows, int channels, int minimum,
        int maximum) => Slices.Run(rows, (begin, end) =>
    {
        fixed (float* means = norms.Mean, factors = norms.Factor, offsets = norms.Offset)
        {
            var n = 0;
            for (; n <= channels - Vector512<float>.Count; n += Vector512<float>.Count)
            {
                var (mean, factor, offset) = (Vector512.Load(means + n), Vector512.Load(factors + n), Vector512.Load(offsets + n));
                for (var m = (long)begin; m < end; m++)
                    Clamp(Round(Vector512.Load(sums + m * channels + n) - mean, factor, offset), minimum, maximum)
                        .Store(outputs + m * channels + n);
            }

            for (; n < channels; n++)
            {
                for (var m = (long)begin; m < end; m++)
                    outputs[m * channels + n] = Math.Clamp(
                        Round(sums[m * channels + n] - means[n], factors[n], offsets[n]), minimum, maximum);
            }
        }
    });

    /// <summary>
    /// [2, channels]: the sums over all rows of the gradients between the clamps, and of their products with sums - Mean.
    /// </summary>
    public static double[] GradientTotals(
        float* sums, float* gradients, ChannelNorms norms, int rows, int channels, int minimum, int maximum) =>
        AddUp(rows, channels, (begin, end, totals) =>
        {
            fixed (float* means = norms.Mean, factors = norms.Factor, offsets = norms.Offset)
            {
                var n = 0;
                for (; n <= channels - Vector512<float>.Count; n += Vector512<float>.Count)
                {
                    var (mean, factor, offset) = (Vector512.Load(means + n), Vector512.Load(factors + n), Vector512.Load(offsets + n));
                    var (total, products) = (Vector512<float>.Zero, Vector512<float>.Zero);
                    for (var m = (long)begin; m < end; m++)
                    {
                        var centred = Vector512.Load(sums + m * channels + n) - mean;
                        var gradient = Vector512.Load(gradients + m * channels + n)
                            & Inside(Round(centred, factor, offset), minimum, maximum);
                        total += gradient;
                        products += gradient * centred;
                    }

                    total.Store(totals + n);
                    products.Store(totals + channels + n);
                }

                for (; n < channels; n++)
                {
                    for (var m = (long)begin; m < end; m++)
                    {
                        var centred = sums[m * channels + n] - means[n];
                        var gradient = Inside(Round(centred, factors[n], offsets[n]), minimum, maximum) ? gradients[m * channels + n] : 0;
                        totals[n] += gradient;
                        totals[channels + n] += gradient * centred;
                    }
                }
            }
        });

    /// <summary>
    /// The gradient of the sums, through their mean and deviation, too: results = gradient · Factor - constant - (sums - Mean) · slope,
    /// with the gradients between the clamps.
    /// </summary>
    /// <param name="constant">[channels]: Factor times the mean gradient.</param>
    /// <param name="slope">[channels]: Factor times the mean product of gradient and sum - Mean, over the variance.</param>
    /// <param name="results">Written.</param>
    public static void Gradient(
        float* sums, float* gradients, ChannelNorms norms, float[] constant, float[] slope, float* results, int rows, int channels,
        int minimum, int maximum) =>
        Slices.Run(rows, (begin, end) =>
        {
            fixed (float* means = norms.Mean, factors = norms.Factor, offsets = norms.Offset, constants = constant, slopes = slope)
            {
                var n = 0;
                for (; n <= channels - Vector512<float>.Count; n += Vector512<float>.Count)
                {
                    var (mean, factor, offset) = (Vector512.Load(means + n), Vector512.Load(factors + n), Vector512.Load(offsets + n));
                    var (fixedPart, linear) = (Vector512.Load(constants + n), Vector512.Load(slopes + n));
                    for (var m = (long)begin; m < end; m++)
                    {
                        var centred = Vector512.Load(sums + m * channels + n) - mean;
                        var gradient = Vector512.Load(gradients + m * channels + n)
                            & Inside(Round(centred, factor, offset), minimum, maximum);
                        (gradient * factor - fixedPart - centred * linear).Store(results + m * channels + n);
                    }
                }

                for (; n < channels; n++)
                {
                    for (var m = (long)begin; m < end; m++)
                    {
                        var centred = sums[m * channels + n] - means[n];
                        var gradient = Inside(Round(centred, factors[n], offsets[n]), minimum, maximum) ? gradients[m * channels + n] : 0;
                        results[m * channels + n] = gradient * factors[n] - constants[n] - centred * slopes[n];
                    }
                }
            }
        });

    // Pieces are added in their order, whatever thread took them.
    private static double[] AddUp(int rows, int channels, PieceSums sums)
    {
        var pieces = (rows + PieceRows - 1) / PieceRows;
        var partial = new float[pieces * 2 * channels];
        Slices.Run(pieces, (begin, end) =>
        {
            fixed (float* totals = partial)
            {
                for (var p = begin; p < end; p++) sums(p * PieceRows, Math.Min(rows, (p + 1) * PieceRows), totals + p * 2 * channels);
            }
        });
        var result = new double[2 * channels];
        for (var p = 0; p < partial.Length; p += result.Length)
        {
            for (var i = 0; i < result.Length; i++) result[i] += partial[p + i];
        }

        return result;
    }

    private static Vector512<float> Round(Vector512<float> centred, Vector512<float> factor, Vector512<float> offset) =>
        Vector512.Round(Vector512.FusedMultiplyAdd(centred, factor, offset));

    private static float Round(float centred, float factor, float offset) => MathF.Round(MathF.FusedMultiplyAdd(centred, factor, offset));

    private static Vector512<float> Clamp(Vector512<float> value, float minimum, float maximum) =>
        Vector512.Min(Vector512.Max(value, Vector512.Create(minimum)), Vector512.Create(maximum));

    private static Vector512<float> Inside(Vector512<float> value, float minimum, float maximum) =>
        Vector512.GreaterThan(value, Vector512.Create(minimum)) & Vector512.LessThan(value, Vector512.Create(maximum));

    private static bool Inside(float value, int minimum, int maximum) => value > minimum && value < maximum;
}
