namespace LutDla.Golden;

/// <summary>What a network of tokens computes besides layers and attention (docs/arithmetic.md, section 7).</summary>
public static class GoldenTokens
{
    // GELU(x) = x · sigmoid(2 · sqrt(2 / pi) · (x + 0.044715 x³)), with the sigmoid by powers of two.
    private const double GeluSlope = 1.5957691216057308 * 1.4426950408889634;

    private const double GeluCube = GeluSlope * 0.044715;

    /// <summary>Tokens to activations: a row of one pixel each.</summary>
    /// <param name="tokens">At least one, each below the vocabulary.</param>
    public static ImageTensor Embed(InputQuantizer input, ReadOnlySpan<int> tokens)
    {
        var values = new int[tokens.Length * input.Channels];
        for (var i = 0; i < values.Length; i++)
            values[i] = input.Codes[tokens[i / input.Channels] * input.Channels + i % input.Channels];
        return new ImageTensor(new ImageShape(1, tokens.Length, input.Channels), values);
    }

    /// <summary>Normalises one pixel.</summary>
    /// <param name="pixel">[channels].</param>
    /// <param name="results">[channels], written.</param>
    public static void Normalise(NormNode node, ReadOnlySpan<int> pixel, Span<int> results)
    {
        var (channels, sum, squares) = ((long)pixel.Length, 0L, 0L);
        foreach (var value in pixel)
        {
            sum += value;
            squares += (long)value * value;
        }

        var mean = node.IsCentred ? sum : 0;
        var root = Math.Sqrt(channels * squares - mean * mean + node.Epsilon);
        for (var c = 0; c < pixel.Length; c++)
        {
            var value = (channels * pixel[c] - mean) * (double)node.Gain[c] / root + node.Bias[c];
            results[c] = (int)Math.Clamp(GoldenRounding.Nearest(Math.ScaleB(value, -node.Shift)), node.OutputMinimum, node.OutputMaximum);
        }
    }

    /// <summary>SiLU of <paramref name="gate"/> times <paramref name="value"/>.</summary>
    public static int GatedProduct(GatedProductNode node, int gate, int value)
    {
        var exponent = Math.ScaleB((double)((long)gate * node.GateMultiplier), -node.GateShift);
        return GoldenRounding.Apply(gate / (1 + PowerOfTwo.Of(-exponent)) * value, node.Rescale);
    }

    public static int Gelu(GeluNode node, int value)
    {
        var x = Math.ScaleB((double)((long)value * node.Multiplier), -node.Shift);
        var exponent = x * (GeluSlope + GeluCube * (x * x));
        return GoldenRounding.Apply(value / (1 + PowerOfTwo.Of(-exponent)), node.Rescale);
    }

    internal static ImageTensor Normalise(NormNode node, ImageTensor tensor)
    {
        var (channels, results) = (tensor.Shape.Channels, new int[tensor.Values.Length]);
        for (var first = 0; first < results.Length; first += channels)
            Normalise(node, tensor.Values.AsSpan(first, channels), results.AsSpan(first, channels));
        return tensor with { Values = results };
    }

    internal static ImageTensor GatedProduct(GatedProductNode node, ImageTensor gate, ImageTensor values) =>
        gate with { Values = [.. gate.Values.Zip(values.Values, (g, v) => GatedProduct(node, g, v))] };

    internal static ImageTensor Gelu(GeluNode node, ImageTensor tensor) => tensor with { Values = [.. tensor.Values.Select(v => Gelu(node, v))] };

    internal static ImageTensor Mean(TokenMeanNode node, ImageTensor tensor)
    {
        var sums = new long[tensor.Shape.Channels];
        for (var i = 0; i < tensor.Values.Length; i++) sums[i % sums.Length] += tensor.Values[i];
        return new ImageTensor(
            new ImageShape(1, 1, sums.Length), Array.ConvertAll(sums, sum => GoldenRounding.Quotient(sum, tensor.Shape.Pixels, node.Rescale)));
    }
}
