using System.Runtime.Intrinsics;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>What a network of tokens computes besides layers and attention (docs/arithmetic.md, section 7).</summary>
public static class GoldenTokens
{
    // GELU(x) = x · sigmoid(2 · sqrt(2 / pi) · (x + 0.044715 x³)), with the sigmoid by powers of two.
    private const double GeluSlope = 1.5957691216057308 * 1.4426950408889634;

    private const int Lanes = 8;

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
        var (root, unit) = (Math.Sqrt(channels * squares - mean * mean + node.Epsilon), GoldenRounding.Unit(node.Shift));
        for (var c = 0; c < pixel.Length; c++)
        {
            var value = (channels * pixel[c] - mean) * (double)node.Gain[c] / root + node.Bias[c];
            results[c] = (int)Math.Clamp(GoldenRounding.Nearest(value * unit), node.OutputMinimum, node.OutputMaximum);
        }
    }

    /// <summary>SiLU of <paramref name="gates"/> times <paramref name="values"/>.</summary>
    /// <param name="results">As long as both, written.</param>
    public static void GatedProduct(GatedProductNode node, ReadOnlySpan<int> gates, ReadOnlySpan<int> values, Span<int> results)
    {
        var unit = GoldenRounding.Unit(node.GateShift);
        for (var i = 0; i < gates.Length; i += Lanes)
        {
            var gate = Load(gates[i..]);
            var exponent = gate * node.GateMultiplier * unit;
            Store(GoldenRounding.Apply(Gate(gate, exponent) * Load(values[i..]), node.Rescale), results[i..]);
        }
    }

    /// <param name="results">As long as <paramref name="values"/>, written.</param>
    public static void Gelu(GeluNode node, ReadOnlySpan<int> values, Span<int> results)
    {
        var unit = GoldenRounding.Unit(node.Shift);
        for (var i = 0; i < values.Length; i += Lanes)
        {
            var value = Load(values[i..]);
            var x = value * node.Multiplier * unit;
            var exponent = x * (Vector512.Create(GeluSlope) + x * x * GeluCube);
            Store(GoldenRounding.Apply(Gate(value, exponent), node.Rescale), results[i..]);
        }
    }

    internal static ImageTensor Normalise(NormNode node, ImageTensor tensor)
    {
        var (channels, results) = (tensor.Shape.Channels, new int[tensor.Values.Length]);
        for (var first = 0; first < results.Length; first += channels)
            Normalise(node, tensor.Values.AsSpan(first, channels), results.AsSpan(first, channels));
        return tensor with { Values = results };
    }

    internal static ImageTensor GatedProduct(GatedProductNode node, ImageTensor gates, ImageTensor values)
    {
        var results = new int[values.Values.Length];
        GatedProduct(node, gates.Values, values.Values, results);
        return values with { Values = results };
    }

    internal static ImageTensor Gelu(GeluNode node, ImageTensor tensor)
    {
        var results = new int[tensor.Values.Length];
        Gelu(node, tensor.Values, results);
        return tensor with { Values = results };
    }

    internal static ImageTensor Mean(TokenMeanNode node, ImageTensor tensor)
    {
        var sums = new long[tensor.Shape.Channels];
        for (var i = 0; i < tensor.Values.Length; i++) sums[i % sums.Length] += tensor.Values[i];
        return new ImageTensor(
            new ImageShape(1, 1, sums.Length),
            Array.ConvertAll(sums, sum => GoldenRounding.Quotient(sum, tensor.Shape.Pixels, node.Rescale)));
    }

    // gate / (1 + 2^-exponent).
    private static Vector512<double> Gate(Vector512<double> gate, Vector512<double> exponent) =>
        gate / (Vector512<double>.One + PowerOfTwo.Of(-exponent));

    // The first values, zeros where there are fewer.
    private static Vector512<double> Load(ReadOnlySpan<int> values)
    {
        Span<int> padded = stackalloc int[Lanes];
        values[..Math.Min(values.Length, Lanes)].CopyTo(padded);
        var (low, high) = Vector256.Widen(Vector256.Create<int>(padded));
        return Vector512.ConvertToDouble(Vector512.Create(low, high));
    }

    private static void Store(Vector512<double> values, Span<int> results)
    {
        for (var i = 0; i < Math.Min(results.Length, Lanes); i++) results[i] = (int)values[i];
    }
}
