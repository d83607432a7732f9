namespace LutDla.Networks.Execution;

/// <summary>
/// Rotary positions: at position p the pair of channels (2i, 2i + 1) of a head of n channels turns by p · base^(-2i / n).
/// </summary>
/// <remarks>J. Su et al., arXiv 2104.09864.</remarks>
internal static class RotaryPositions
{
    /// <summary>Cosines and sines [positions, headChannels / 2, 2].</summary>
    public static double[] Table(int positions, int headChannels, double rotaryBase)
    {
        var table = new double[positions * headChannels];
        for (var i = 0; i < table.Length; i += 2)
        {
            var (position, channel) = Math.DivRem(i, headChannels);
            (table[i + 1], table[i]) = Math.SinCos(position * Math.Pow(rotaryBase, -(double)channel / headChannels));
        }

        return table;
    }

    /// <summary>Turns the pairs of tokens [tokens, heads · headChannels] whose positions are given.</summary>
    /// <param name="inverse">Whether to turn back.</param>
    /// <param name="turned">Written; values are rounded as the golden model does, if <paramref name="bits"/> is more than 0.</param>
    /// <param name="bits">Binary places of the table, if it holds whole numbers.</param>
    public static unsafe void Turn(
        ReadOnlySpan<double> table, float* tokens, int[] positions, int channels, int headChannels, int bits, bool inverse, float* turned)
    {
        var unit = Math.ScaleB(1, -bits);
        for (var token = 0; token < positions.Length; token++)
        {
            for (var channel = 0; channel < channels; channel += 2)
            {
                var at = positions[token] * headChannels + channel % headChannels;
                var (cosine, sine, i) = (table[at], inverse ? -table[at + 1] : table[at + 1], (long)token * channels + channel);
                var (a, b) = ((double)tokens[i], (double)tokens[i + 1]);
                turned[i] = Value((a * cosine - b * sine) * unit);
                turned[i + 1] = Value((a * sine + b * cosine) * unit);
            }
        }

        float Value(double value) => (float)(bits > 0 && !inverse ? Golden.Tokens.GoldenRounding.Nearest(value) : value);
    }
}
