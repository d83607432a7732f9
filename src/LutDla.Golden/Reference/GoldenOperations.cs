using LutDla.Golden.Model;

namespace LutDla.Golden.Reference;

/// <summary>The reference form of everything that is no LUT layer (docs/arithmetic.md, sections 1 and 5).</summary>
public static class GoldenOperations
{
    /// <summary>Image bytes [Height, Width, Channels] to activations.</summary>
    public static ImageTensor Quantize(InputQuantizer input, ReadOnlySpan<byte> image)
    {
        var shape = new ImageShape(input.Height, input.Width, input.Channels);
        var values = new int[shape.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = input.Codes[i % input.Channels * 256 + image[i]];
        return new ImageTensor(shape, values);
    }

    public static ImageTensor Pool(PoolNode node, ImageTensor image)
    {
        var window = node.Window;
        var shape = new ImageShape(
            window.OutputHeight(image.Shape.Height), window.OutputWidth(image.Shape.Width), image.Shape.Channels);
        var values = new int[shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var pixel = i / shape.Channels;
            var covered = PixelsUnder(window, image, pixel / shape.Width, pixel % shape.Width, i % shape.Channels);
            values[i] = (node.Kind, node.Rescale) switch
            {
                (PoolKind.Max, _) => covered.Max(),
                (PoolKind.Average, { } r) => GoldenRescale.Apply(
                    covered.Sum(v => (long)v), r.Multiplier, r.Shift, r.OutputMinimum, r.OutputMaximum),
                _ => throw new InvalidOperationException($"{node.Name}: pooling {node.Kind} needs a rescale."),
            };
        }

        return new ImageTensor(shape, values);
    }

    public static ImageTensor Add(AddNode node, ImageTensor a, ImageTensor b)
    {
        var values = new int[a.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var sum = (long)a.Values[i] * node.MultiplierA + (long)b.Values[i] * node.MultiplierB;
            values[i] = GoldenRescale.Apply(sum, 1, node.Shift, node.OutputMinimum, node.OutputMaximum);
        }

        return new ImageTensor(a.Shape, values);
    }

    public static ImageTensor Relu(ImageTensor image) => image with { Values = [.. image.Values.Select(v => Math.Max(v, 0))] };

    public static ImageTensor Flatten(ImageTensor image) => image with { Shape = new ImageShape(1, 1, image.Shape.Count) };

    public static ImageTensor PadChannels(ChannelPadNode node, ImageTensor image)
    {
        var shape = image.Shape with { Channels = node.Before + image.Shape.Channels + node.After };
        var values = new int[shape.Count];
        for (var i = 0; i < image.Values.Length; i++)
        {
            var (pixel, channel) = (i / image.Shape.Channels, i % image.Shape.Channels);
            values[pixel * shape.Channels + node.Before + channel] = image.Values[i];
        }

        return new ImageTensor(shape, values);
    }

    // The values of one channel under the window: pixels outside the image take no part, which for a sum is the same as being 0.
    private static List<int> PixelsUnder(Window window, ImageTensor image, int outputRow, int outputColumn, int channel)
    {
        var (top, left) = (outputRow * window.StrideHeight - window.PaddingHeight, outputColumn * window.StrideWidth - window.PaddingWidth);
        var covered = new List<int>(window.Area);
        for (var row = Math.Max(top, 0); row < Math.Min(top + window.Height, image.Shape.Height); row++)
        {
            for (var column = Math.Max(left, 0); column < Math.Min(left + window.Width, image.Shape.Width); column++)
                covered.Add(image.At(row, column, channel));
        }

        return covered;
    }
}
