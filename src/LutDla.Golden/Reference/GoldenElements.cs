using LutDla.Golden.Model;

namespace LutDla.Golden.Reference;

/// <summary>The reference form of functions of values, products of values and concatenation (docs/arithmetic.md, section 5).</summary>
public static class GoldenElements
{
    public static ImageTensor Apply(ElementNode node, ImageTensor image) =>
        image with { Values = Array.ConvertAll(image.Values, value => (int)node.Codes[value - node.First]) };

    public static ImageTensor Multiply(ProductNode node, ImageTensor a, ImageTensor b)
    {
        var values = new int[a.Values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Rescale((long)a.Values[i] * b.Values[i % b.Values.Length], node.Rescale);
        return a with { Values = values };
    }

    public static ImageTensor Concatenate(ConcatNode node, ImageTensor[] inputs)
    {
        var shape = inputs[0].Shape with { Channels = inputs.Sum(input => input.Shape.Channels) };
        var values = new int[shape.Count];
        var first = 0;
        foreach (var (input, rescale) in inputs.Zip(node.Rescales))
        {
            var channels = input.Shape.Channels;
            for (var i = 0; i < input.Values.Length; i++)
                values[i / channels * shape.Channels + first + i % channels] = Rescale(input.Values[i], rescale);
            first += channels;
        }

        return new ImageTensor(shape, values);
    }

    internal static int Rescale(long value, TensorRescale rescale) =>
        GoldenRescale.Apply(value, rescale.Multiplier, rescale.Shift, rescale.OutputMinimum, rescale.OutputMaximum);
}
