using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>
/// Batch normalisation of a layer's sums while it is trained, gain · (sum - mean) / deviation + offset in codes of the output: it keeps deep networks of tables
/// trainable. Then it rests: the running statistics become the layer's multiplier, shift and bias.
/// </summary>
internal sealed class LiveNormalisation(int channels) : IDisposable
{
    private const double Epsilon = 1e-5;

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

    /// <summary>Unrounded codes [count, height, width, channels] of sums, by the statistics of this batch; moves the running statistics.</summary>
    public Tensor Apply(Tensor sums) => nn.functional.batch_norm(
        sums.permute(0, 3, 1, 2), Mean, Variance, Gain, Offset, training: true, Momentum, Epsilon).permute(0, 2, 3, 1).contiguous();

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
