using System.Numerics;

namespace LutDla.Networks.Kernels;

/// <summary>
/// One head of one sequence channel by channel: neighbouring tokens lie in neighbouring lanes. [channels, Pitch], zeros after the last
/// token.
/// </summary>
internal sealed class HeadPlanes<T>(int channels, int tokens)
    where T : unmanaged, INumber<T>
{
    /// <summary>Tokens rounded up to whole vectors of any type.</summary>
    public int Pitch { get; } = RoundedUp(tokens);

    public T[] Values { get; } = new T[channels * RoundedUp(tokens)];

    public static int RoundedUp(int tokens) => (tokens + 15) / 16 * 16;

    /// <param name="source">The head's first channel of the sequence's first token.</param>
    /// <param name="stride">Values from token to token.</param>
    public unsafe void Load(float* source, int stride)
    {
        for (var token = 0; token < tokens; token++)
        {
            for (var channel = 0; channel < channels; channel++)
                Values[channel * Pitch + token] = T.CreateTruncating(source[token * stride + channel]);
        }
    }

    /// <summary>Adds the planes to what lies token by token at <paramref name="target"/>.</summary>
    public unsafe void AddTo(float* target, int stride)
    {
        for (var token = 0; token < tokens; token++)
        {
            for (var channel = 0; channel < channels; channel++)
                target[token * stride + channel] += float.CreateTruncating(Values[channel * Pitch + token]);
        }
    }
}
