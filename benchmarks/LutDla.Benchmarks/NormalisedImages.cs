using LutDla.Networks.Data;
using LutDla.Networks.Execution;

namespace LutDla.Benchmarks;

/// <summary>Images as a float network takes them.</summary>
internal static class NormalisedImages
{
    /// <summary>[Count, Channels, Height, Width].</summary>
    public static float[] Of(Dataset data, PixelNormalisation normalisation)
    {
        var planePixels = data.Height * data.Width;
        var values = new float[data.Images.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (image, rest) = Math.DivRem(i, data.ImageBytes);
            var (channel, pixel) = Math.DivRem(rest, planePixels);
            values[i] = normalisation.Apply(data.Images[image * data.ImageBytes + pixel * data.Channels + channel], channel);
        }

        return values;
    }
}
