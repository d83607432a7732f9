using LutDla.Golden.Model;

namespace LutDla.Golden.Reference;

/// <summary>The reference form of an exact layer (docs/arithmetic.md, section 6): plain 64-bit arithmetic that never masks.</summary>
public static class GoldenExact
{
    /// <summary>Runs <paramref name="layer"/> on one image of <see cref="ExactLayer.InputChannels"/> channels.</summary>
    public static ImageTensor Run(ExactLayer layer, ImageTensor image)
    {
        var window = layer.Window;
        var shape = new ImageShape(window.OutputHeight(image.Shape.Height), window.OutputWidth(image.Shape.Width), layer.OutputChannels);
        var values = new int[shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (pixel, n) = (i / shape.Channels, i % shape.Channels);
            values[i] = layer.Rescale.Apply(Sum(layer, image, pixel / shape.Width, pixel % shape.Width, n), n);
        }

        return new ImageTensor(shape, values);
    }

    private static long Sum(ExactLayer layer, ImageTensor image, int outputRow, int outputColumn, int channel)
    {
        var window = layer.Window;
        var (top, left) = (outputRow * window.StrideHeight - window.PaddingHeight, outputColumn * window.StrideWidth - window.PaddingWidth);
        var sum = 0L;
        for (var k = 0; k < layer.Length; k++)
        {
            var (input, offset) = (layer.FirstInput(channel) + k / window.Area, k % window.Area);
            sum += (long)layer.Weights[channel * layer.Length + k]
                * image.At(top + offset / window.Width, left + offset % window.Width, input);
        }

        return sum;
    }
}
