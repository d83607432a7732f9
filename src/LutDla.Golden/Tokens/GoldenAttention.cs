using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Golden.Tokens;

/// <summary>
/// The reference form of an attention (docs/arithmetic.md, section 7): whole numbers but for 2^x and one division a result.
/// </summary>
public static class GoldenAttention
{
    /// <summary>Binary places of sines and cosines.</summary>
    public const int RotationBits = 14;

    /// <summary>Binary places of a weight, before weights are divided by their sum.</summary>
    public const int WeightBits = 20;

    /// <summary>Runs a sequence of tokens, one a pixel.</summary>
    public static ImageTensor Run(AttentionLayer layer, ImageTensor queries, ImageTensor keys, ImageTensor values)
    {
        var tokens = queries.Shape.Pixels;
        var (q, k) = (Rotate(layer, queries, layer.Heads), Rotate(layer, keys, layer.KeyHeads));
        var results = new int[queries.Values.Length];
        for (var head = 0; head < layer.Heads; head++)
        {
            var keyHead = head / (layer.Heads / layer.KeyHeads);
            for (var token = 0; token < tokens; token++)
            {
                var seen = layer.IsCausal ? token + 1 : tokens;
                var weights = Weights(layer, q, k, head, keyHead, token, seen);
                var total = weights.Sum();
                for (var channel = 0; channel < layer.HeadChannels; channel++)
                {
                    var sum = 0L;
                    for (var other = 0; other < seen; other++)
                        sum += weights[other] * values.Values[Place(layer, layer.KeyHeads, other, keyHead) + channel];
                    results[Place(layer, layer.Heads, token, head) + channel] = GoldenRounding.Quotient(sum, total, layer.Rescale);
                }
            }
        }

        return new ImageTensor(queries.Shape, results);
    }

    /// <summary>
    /// Each pair (a, b) of a head's channels to round((a · cos - b · sin, a · sin + b · cos) / 2^RotationBits), by position.
    /// </summary>
    private static int[] Rotate(AttentionLayer layer, ImageTensor tensor, int heads)
    {
        var rotated = new int[tensor.Values.Length];
        var pairs = layer.HeadChannels / 2;
        for (var i = 0; i < rotated.Length; i += 2)
        {
            var (token, pair) = (i / (heads * layer.HeadChannels), i % layer.HeadChannels / 2);
            var at = (token * pairs + pair) * 2;
            var (a, b, cosine, sine) = ((long)tensor.Values[i], (long)tensor.Values[i + 1], layer.Rotation[at], layer.Rotation[at + 1]);
            rotated[i] = (int)GoldenRescale.Round(a * cosine - b * sine, RotationBits);
            rotated[i + 1] = (int)GoldenRescale.Round(a * sine + b * cosine, RotationBits);
        }

        return rotated;
    }

    private static long[] Weights(AttentionLayer layer, int[] queries, int[] keys, int head, int keyHead, int token, int seen)
    {
        var scores = new long[seen];
        for (var other = 0; other < seen; other++)
        {
            for (var channel = 0; channel < layer.HeadChannels; channel++)
            {
                scores[other] += (long)queries[Place(layer, layer.Heads, token, head) + channel]
                    * keys[Place(layer, layer.KeyHeads, other, keyHead) + channel];
            }
        }

        var (largest, factor) = (scores.Max(), Math.ScaleB(layer.ScoreMultiplier, -layer.ScoreShift));
        return Array.ConvertAll(
            scores, score => (long)GoldenRounding.Nearest(PowerOfTwo.Of((score - largest) * factor) * (1 << WeightBits)));
    }

    private static int Place(AttentionLayer layer, int heads, int token, int head) => (token * heads + head) * layer.HeadChannels;
}
