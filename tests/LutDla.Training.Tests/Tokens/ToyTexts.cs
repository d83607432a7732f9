using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Training.FloatTraining;

namespace LutDla.Training.Tests.Tokens;

/// <summary>Short texts of three classes: which of two words comes first tells two of them apart, a third word the third.</summary>
internal static class ToyTexts
{
    public const int Vocabulary = 12;

    public static TokenData Labelled(int count, int seed)
    {
        var random = new Random(seed);
        var (tokens, starts, labels) = (new List<int>(), new List<int> { 0 }, new List<int>());
        for (var i = 0; i < count; i++)
        {
            var label = random.Next(3);
            int[] words = label == 2 ? [3] : label == 1 ? [2, 1] : [1, 2];
            foreach (var word in words)
            {
                for (var filler = random.Next(3); filler > 0; filler--) tokens.Add(random.Next(4, Vocabulary));
                tokens.Add(word);
            }

            starts.Add(tokens.Count);
            labels.Add(label);
        }

        return new TokenData
        {
            Name = "toy", Vocabulary = Vocabulary, Tokens = [.. tokens], Starts = [.. starts], Labels = [.. labels], Classes = 3,
            Unknown = WordVocabulary.Unknown,
        };
    }

    /// <summary>An encoder that tells them apart.</summary>
    public static FloatNetwork Train() => FloatTrainer.Train(
        FloatTrainingOptions.For(
            Architecture.Encoder) with { Epochs = 4, BatchImages = 16, LearningRate = 5e-3, Augmentation = Augmentation.None },
        Labelled(800, seed: 1));
}
