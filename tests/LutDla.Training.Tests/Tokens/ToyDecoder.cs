using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;

namespace LutDla.Training.Tests.Tokens;

/// <summary>A small decoder with random weights, and sequences that follow a rule.</summary>
internal static class ToyDecoder
{
    public const int Vocabulary = 24;

    public const int Positions = 20;

    public static FloatNetwork Create() => FloatNetwork.Create(
        LlamaFile.Graph(
            Vocabulary, Positions, channels: 16, hidden: 20, layers: 2, heads: 4, keyHeads: 2, epsilon: 1e-5, rotaryBase: 10_000),
        PixelNormalisation.None, seed: 1);

    /// <summary>Sequences of 2 to <see cref="Positions"/> tokens, in which each token adds a step, sometimes another one.</summary>
    public static TokenData Sequences(int count, int seed)
    {
        var random = new Random(seed);
        var (tokens, starts) = (new List<int>(), new List<int> { 0 });
        for (var i = 0; i < count; i++)
        {
            var (token, step) = (random.Next(Vocabulary), random.Next(1, 4));
            for (var length = random.Next(2, Positions + 1); length > 0; length--)
            {
                tokens.Add(token);
                token = (token + (random.Next(8) == 0 ? 7 : step)) % Vocabulary;
            }

            starts.Add(tokens.Count);
        }

        return new TokenData { Name = "toy", Vocabulary = Vocabulary, Tokens = [.. tokens], Starts = [.. starts], Classes = Vocabulary };
    }
}
