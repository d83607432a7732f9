using LutDla.Golden.Model;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Tests.Tokens;

public sealed class SequenceGeneratorTests : IDisposable
{
    private const int Count = 300;

    private readonly FloatNetwork _network;

    public SequenceGeneratorTests()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        _network = ToyDecoder.Create();
    }

    public void Dispose() => _network.Dispose();

    // The mean of -log p over what was drawn by p is p's entropy. Tokens drawn by the probabilities of another position, or by attention to
    // other tokens, miss it.
    [Fact]
    public void Tokens_are_drawn_by_the_networks_own_probabilities()
    {
        var given = ToyDecoder.Sequences(40, seed: 2);
        var all = Extend(given);
        using var noGradient = no_grad();
        var (drawn, wanted, squares, tokens) = (0.0, 0.0, 0.0, 0);
        for (var i = given.Count; i < all.Count; i++)
        {
            var batch = ((IExamples)all).Whole([i]);
            var logarithms = _network.Forward(batch.Inputs(_network), spans: batch.Spans).log_softmax(1).contiguous();
            var table = logarithms.data<float>().ToArray();
            for (var t = 16; t < all.Sequence(i).Length; t++)
            {
                var row = table.AsSpan((t - 1) * ToyDecoder.Vocabulary, ToyDecoder.Vocabulary);
                var (entropy, information) = (0.0, -row[all.Sequence(i)[t]]);
                foreach (var logarithm in row) entropy -= Math.Exp(logarithm) * logarithm;
                (drawn, wanted, squares, tokens) = (
                    drawn + information, wanted + entropy, squares + Math.Pow(information - entropy, 2), tokens + 1);
            }
        }

        Assert.True(tokens > 800);
        Assert.True(wanted / tokens < 0.9 * Math.Log(ToyDecoder.Vocabulary), "The probabilities are too even to tell anything.");
        Assert.InRange(drawn - wanted, -3 * Math.Sqrt(squares), 3 * Math.Sqrt(squares));
    }

    [Fact]
    public void Given_sequences_stay_and_new_ones_begin_like_them_and_are_no_longer()
    {
        var given = ToyDecoder.Sequences(5, seed: 3);
        var all = Extend(given);

        Assert.Equal(given.Count + Count, all.Count);
        Assert.Equal(given.Tokens, all.Tokens[..given.Tokens.Length]);
        Assert.Equal(given.Longest, all.Longest);
        var firsts = given.All().Select(sequence => sequence.Span[0]).ToHashSet();
        Assert.All(all.All(), sequence => Assert.Contains(sequence.Span[0], firsts));
        Assert.All(all.All(), sequence => Assert.InRange(sequence.Length, 2, given.Longest));
        Assert.True(
            all.All().Skip(given.Count).Select(sequence => string.Join(' ', sequence.ToArray())).Distinct().Count() > Count * 9 / 10);
    }

    [Fact]
    public void A_token_that_all_given_sequences_begin_with_ends_new_ones()
    {
        var toy = ToyDecoder.Sequences(5, seed: 3);
        const int First = 7;
        var given = toy with { Tokens = [.. toy.Tokens.Select((token, i) => toy.Starts.Contains(i)
            ? First
            : token == First
            ? First + 1
            : token)] };
        var added = Extend(given).All().Skip(given.Count).ToArray();

        Assert.All(added, sequence => Assert.Equal(First, sequence.Span[0]));
        Assert.Contains(added, sequence => sequence.Length < given.Longest);
        Assert.All(added, sequence => Assert.DoesNotContain(First, sequence.Span[1..].ToArray()));
    }

    [Fact]
    public void A_first_token_that_comes_again_ends_nothing()
    {
        var given = ToyDecoder.Sequences(1, seed: 3) with { Tokens = [5, 9, 5, 3, 5, 2, 3, 4, 5], Starts = [0, 3, 9] };
        Assert.All(Extend(given).All().Skip(given.Count), sequence => Assert.Equal(given.Longest, sequence.Length));
    }

    [Fact]
    public void Training_sees_what_was_written()
    {
        var given = ToyDecoder.Sequences(20, seed: 3);
        Assert.NotEqual(Trained(0), Trained(40));

        int[] Trained(int generated)
        {
            var tuning = ConversionOptions.Tokens.FineTuning with { TableVisits = 60, GeneratedSequences = generated, LearningRate = 0.05 };
            var result = LutBoost.Convert(
                _network, given, ConversionOptions.Tokens with { FineTuning = tuning }, progress: null,
                TestContext.Current.CancellationToken);
            return [.. result.Network.Nodes.OfType<LutNode>().First().Layer.Tables.ToArray()];
        }
    }

    [Fact]
    public void The_seed_decides()
    {
        var given = ToyDecoder.Sequences(5, seed: 3);
        Assert.Equal(Extend(given).Tokens, Extend(given).Tokens);
        Assert.NotEqual(Extend(given).Tokens, Extend(given, seed: 2).Tokens);
    }

    private TokenData Extend(TokenData given, int seed = 1) =>
        SequenceGenerator.Extend(_network, given, Count, seed, null, TestContext.Current.CancellationToken);
}
