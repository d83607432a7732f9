using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Rules;

/// <summary>Bounds of one output channel's sums, from a layer's actual tables or weights.</summary>
/// <param name="Lowest">No partial sum in any order is lower, nor above 0.</param>
/// <param name="Highest">No partial sum in any order is higher, nor below 0.</param>
public readonly record struct AccumulatorBounds(long Lowest, long Highest)
{
    public int Bits => BitWidth.ForSigned(Lowest, Highest);

    /// <summary>Whether 16 bits hold every sum.</summary>
    public bool FitShort => Bits <= 16;
}

/// <summary>Proves that no accumulator can overflow, or says which one could (docs/arithmetic.md, section 4).</summary>
public static class OverflowProof
{
    /// <summary>[N]: for each output channel the sums over s of min(0, smallest) and of max(0, largest) table entry.</summary>
    public static AccumulatorBounds[] Bounds(LutLayer layer)
    {
        var bounds = new AccumulatorBounds[layer.OutputChannels];
        for (var s = 0; s < layer.SubspaceCount; s++)
        {
            for (var n = 0; n < bounds.Length; n++)
            {
                var (lowest, highest) = (0, 0);
                for (var j = 0; j < layer.CentroidCount; j++)
                {
                    var entry = layer.Tables[(s * layer.CentroidCount + j) * layer.OutputChannels + n];
                    (lowest, highest) = (Math.Min(lowest, entry), Math.Max(highest, entry));
                }

                bounds[n] = new AccumulatorBounds(bounds[n].Lowest + lowest, bounds[n].Highest + highest);
            }
        }

        return bounds;
    }

    /// <summary>
    /// [N]: the same of the products with inputs from <paramref name="minimum"/> to <paramref name="maximum"/>, and 0 where an image is
    /// padded.
    /// </summary>
    public static AccumulatorBounds[] Bounds(ExactLayer layer, int minimum, int maximum)
    {
        var (low, high) = (Math.Min(minimum, 0L), Math.Max(maximum, 0L));
        var bounds = new AccumulatorBounds[layer.OutputChannels];
        for (var i = 0; i < layer.Weights.Length; i++)
        {
            var (a, b) = (layer.Weights[i] * low, layer.Weights[i] * high);
            var sums = bounds[i / layer.Length];
            bounds[i / layer.Length] = new AccumulatorBounds(sums.Lowest + Math.Min(a, b), sums.Highest + Math.Max(a, b));
        }

        return bounds;
    }

    /// <summary>The fewest accumulator bits, W, with which <paramref name="layer"/> cannot overflow: sums and biases fit in them.</summary>
    public static int RequiredBits(LutLayer layer) => Bounds(layer).Select((b, n) => Math.Max(b.Bits, BiasBits(layer.Bias[n]))).Max();

    /// <summary>
    /// A problem for each channel of <paramref name="layer"/> whose sums or bias may leave <paramref name="accumulatorBits"/> bits.
    /// </summary>
    /// <param name="file">Where the layer came from, for the message.</param>
    public static IEnumerable<InputProblem> Problems(string file, string layerName, LutLayer layer, int accumulatorBits)
    {
        var bounds = Bounds(layer);
        for (var n = 0; n < bounds.Length; n++)
        {
            if (bounds[n].Bits > accumulatorBits)
            {
                var sums = $"sum of table entries from {bounds[n].Lowest} to {bounds[n].Highest}";
                yield return Problem(file, $"{layerName}, channel {n}", sums, bounds[n].Bits, accumulatorBits);
            }

            if (BiasBits(layer.Bias[n]) > accumulatorBits)
                yield return Problem(file, $"{layerName}, channel {n}", $"bias {layer.Bias[n]}", BiasBits(layer.Bias[n]), accumulatorBits);
        }
    }

    /// <summary>Refuses a layer whose sums or biases may leave <paramref name="accumulatorBits"/> bits.</summary>
    /// <exception cref="InvalidInputException">Names the channels, their worst-case sums, and the bits needed and available.</exception>
    public static void Check(string file, string layerName, LutLayer layer, int accumulatorBits)
    {
        InputProblem[] problems = [.. Problems(file, layerName, layer, accumulatorBits)];
        if (problems.Length > 0)
            throw new InvalidInputException(problems);
    }

    private static int BiasBits(int bias) => BitWidth.ForSigned(bias, bias);

    private static InputProblem Problem(string file, string key, string what, int needed, int available) => new(
        file, key, what, $"It needs {needed} bits; {available} are available.",
        "Use wider accumulators (tile.accumulator_bits), or convert with fewer table bits.");
}
