using System.Collections.Immutable;
using LutDla.Training.Data;

namespace LutDla.Training.Networks;

/// <summary>What a network sees of a byte b of channel k: (b / 255 - Mean[k]) / Deviation[k].</summary>
public sealed record PixelNormalisation(ImmutableArray<float> Mean, ImmutableArray<float> Deviation)
{
    /// <summary>
    /// Mean and deviation of a data set. Grey images keep a mean of 0: their background is black, and so equals the zero padding.
    /// </summary>
    public static PixelNormalisation Of(Dataset data)
    {
        var (sums, squares) = (new double[data.Channels], new double[data.Channels]);
        for (var i = 0; i < data.Images.Length; i++)
        {
            var value = data.Images[i] / 255.0;
            sums[i % data.Channels] += value;
            squares[i % data.Channels] += value * value;
        }

        var count = (double)data.Images.Length / data.Channels;
        var means = sums.Select(sum => data.Channels == 1 ? 0 : sum / count).ToArray();
        var deviations = squares.Select((square, k) => Math.Sqrt(Math.Max(square / count - means[k] * means[k], 1e-6)));
        return new PixelNormalisation([.. means.Select(mean => (float)mean)], [.. deviations.Select(deviation => (float)deviation)]);
    }

    public float Apply(byte value, int channel) => (value / 255f - Mean[channel]) / Deviation[channel];
}
