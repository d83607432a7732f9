using LutDla.Networks.Kernels;
using LutDla.Training.Formats;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>Of the sums of one batch.</summary>
/// <param name="Mean">[channels], table steps.</param>
/// <param name="Variance">[channels], squared table steps.</param>
internal sealed record BatchStatistics(double[] Mean, double[] Variance)
{
    public double Deviation(int channel) => Math.Sqrt(Variance[channel] + LiveNormalisation.Epsilon);
}

/// <summary>
/// Batch normalisation of a layer's sums while it is trained, gain · (sum - mean) / deviation + offset in codes of the output: it keeps
/// deep networks of tables trainable. Then it rests: the running statistics become the layer's multiplier, shift and bias.
/// </summary>
internal sealed class LiveNormalisation(int channels) : IDisposable
{
    /// <summary>Added to variances, squared table steps.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>How much a batch moves the running statistics.</summary>
    private const double Momentum = 0.1;

    /// <summary>[channels], codes.</summary>
    public Tensor Gain { get; } = ones(channels);

    /// <summary>[channels], codes.</summary>
    public Tensor Offset { get; } = zeros(channels);

    /// <summary>[channels], table steps.</summary>
    private Tensor Mean { get; } = zeros(channels);

    /// <summary>[channels], squared table steps.</summary>
    private Tensor Variance { get; } = ones(channels);

    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        [new("norm_gain", Gain), new("norm_offset", Offset), new("norm_mean", Mean), new("norm_variance", Variance)];

    /// <summary>Starts so that sums with these statistics are normalised to what multiplier and bias make of them.</summary>
    /// <param name="sums">[rows, channels].</param>
    /// <param name="slopes">[channels], codes a table step.</param>
    /// <param name="bias">[channels], table steps.</param>
    public void Start(Tensor sums, Tensor slopes, Tensor bias)
    {
        Mean.copy_(sums.mean([0]));
        Variance.copy_(sums.var(0, unbiased: false));
        Gain.copy_(slopes * Deviation());
        Offset.copy_(slopes * (Mean + bias));
    }

    /// <summary>Codes [count, height, width, channels] of sums, by the statistics of this batch; moves the running statistics.</summary>
    public Tensor Apply(Tensor sums, TensorScale output) => NormalisationFunction.apply(sums, Gain, Offset, this, output);

    /// <summary>The statistics of a batch; moves the running ones.</summary>
    /// <param name="sums">[rows, channels].</param>
    public unsafe BatchStatistics Measure(Tensor sums, int rows)
    {
        var mean = NativeValues.Floats(Mean);
        var variance = NativeValues.Floats(Variance);
        var totals = BatchNormalisation.Totals(NativeValues.Floats(sums), mean, rows, channels);
        var statistics = new BatchStatistics(new double[channels], new double[channels]);
        for (var n = 0; n < channels; n++)
        {
            var (shift, square) = (totals[n] / rows, totals[channels + n] / rows);
            (statistics.Mean[n], statistics.Variance[n]) = (mean[n] + shift, Math.Max(0, square - shift * shift));
            mean[n] += (float)(Momentum * shift);
            // Of all sums, as this batch lets expect it.
            variance[n] += (float)(Momentum * (statistics.Variance[n] * rows / Math.Max(1, rows - 1) - variance[n]));
        }

        return statistics;
    }

    /// <summary>What a batch with these statistics is normalised by.</summary>
    public unsafe ChannelNorms Norms(BatchStatistics statistics)
    {
        var gain = NativeValues.Floats(Gain);
        var factors = new float[channels];
        for (var n = 0; n < channels; n++) factors[n] = (float)(gain[n] / statistics.Deviation(n));
        return new ChannelNorms(
            Array.ConvertAll(statistics.Mean, mean => (float)mean), factors,
            new ReadOnlySpan<float>(NativeValues.Floats(Offset), channels).ToArray());
    }

    /// <summary>What multiplies a sum by the running statistics, codes a table step, and what is added before, table steps.</summary>
    public (Tensor Slopes, Tensor Bias) Fold(double maximumBias)
    {
        // A channel that hardly depends on its input gets coarser steps instead of a bias without bounds.
        var slopes = (Gain / Deviation()).clamp_min(0);
        slopes = maximum(slopes, Offset.abs() / maximumBias);
        return (slopes, Offset / slopes.clamp_min(1e-9) - Mean);
    }

    public void Dispose()
    {
        foreach (var (_, tensor) in State) tensor.Dispose();
    }

    private Tensor Deviation() => (Variance + Epsilon).sqrt();
}
