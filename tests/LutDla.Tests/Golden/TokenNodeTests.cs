using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;
using LutDla.Golden.Tokens;

namespace LutDla.Tests.Golden;

/// <summary>The nodes of networks of tokens against what they stand for, in floating point.</summary>
public sealed class TokenNodeTests
{
    private static readonly TensorRescale Wide = new(1 << 15, 15, short.MinValue, short.MaxValue);

    [Fact]
    public void Powers_of_two_are_those_of_the_library_and_exact_at_whole_numbers()
    {
        for (var x = -60.0; x < 60; x += 0.37)
            Assert.InRange(PowerOfTwo.Of(x) / Math.Pow(2, x), 1 - 1e-11, 1 + 1e-11);
        Assert.Equal(Math.ScaleB(1, -20), PowerOfTwo.Of(-20));
        Assert.Equal(0, PowerOfTwo.Of(-5000), 1e-300);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Norms_divide_by_the_root_mean_square_or_the_deviation(bool isCentred)
    {
        double[] pixel = [100, -250, 30, 77, 4, 1000];
        var mean = isCentred ? pixel.Average() : 0;
        var root = Math.Sqrt(pixel.Average(value => (value - mean) * (value - mean)));
        // 1000 and -500 codes for each unit; the bias is added to all.
        ImmutableArray<int> gain = [.. pixel.Select((_, c) => c % 2 == 0 ? 8000 : -4000)];
        var node = new NormNode("n", ["x"], isCentred, 1, gain, [.. pixel.Select(_ => 80)], 3, short.MinValue, short.MaxValue);
        var results = new int[pixel.Length];

        GoldenTokens.Normalise(node, [.. pixel.Select(value => (int)value)], results);

        foreach (var (c, found) in results.Index())
            Assert.InRange(found - ((pixel[c] - mean) / root * gain[c] + 80) / 8, -0.51, 0.51);
    }

    [Fact]
    public void A_pixel_of_zeros_stays_finite()
    {
        var results = new int[2];
        GoldenTokens.Normalise(new NormNode("n", ["x"], true, 1, [1000, 1000], [0, 16], 4, -100, 100), [0, 0], results);
        Assert.Equal([0, 1], results);
    }

    [Fact]
    public void Gates_are_sigmoids_times_their_input()
    {
        // 2^-t with t = g · 1.4427 / 1000: a gate's code is a thousandth.
        var node = new GatedProductNode("p", ["g", "u"], (int)Math.Round(1.4426950408889634 / 1000 * (1 << 25)), 25, Wide);
        foreach (var gate in (int[])[-9000, -1500, -1, 0, 700, 3000, 32767])
            Assert.InRange(Product(gate, 1) - gate / (1 + Math.Exp(-gate / 1000.0)), -0.51, 0.51);
        Assert.Equal(Product(700, 3), (int)Math.Round(3 * 700 / (1 + Math.Exp(-0.7))));

        int Product(int gate, int value)
        {
            // The last one of more than a vector.
            int[] gates = [.. new int[10], gate], values = [.. new int[10], value], results = new int[11];
            GoldenTokens.GatedProduct(node, gates, values, results);
            return results[^1];
        }
    }

    [Fact]
    public void Gelu_is_that_with_tanh()
    {
        var node = new GeluNode("g", ["x"], 1 << 6, 16, Wide);
        foreach (var code in (int[])[-9000, -1500, -300, 0, 700, 1024, 3000, 32767])
        {
            var x = code / 1024.0;
            var found = new int[1];
            GoldenTokens.Gelu(node, [code], found);
            Assert.InRange(found[0] - 512 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))), -0.51, 0.51);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Attention_is_that_of_the_definition_and_positions_turn_pairs(bool isCausal)
    {
        const int Tokens = 5, Heads = 2, Channels = 4;
        const double Unit = 0.001;
        var random = new Random(1);
        var (q, k, v) = (Codes(Heads * Channels), Codes(Channels), Codes(Channels));
        var angles = Enumerable.Range(0, Tokens * Channels / 2).Select(i => i / 2 * (i % 2 == 0 ? 1.0 : 0.1)).ToArray();
        var one = 1 << GoldenAttention.RotationBits;
        var layer = new AttentionLayer
        {
            Heads = Heads, KeyHeads = 1, HeadChannels = Channels, IsCausal = isCausal,
            Rotation = [.. angles.SelectMany(
                angle => new[] { (short)Math.Round(Math.Cos(angle) * one), (short)Math.Round(Math.Sin(angle) * one) })],
            ScoreMultiplier = (int)Math.Round(Unit * Unit * 1.4426950408889634 / 2 * Math.ScaleB(1, 36)), ScoreShift = 36, Rescale = Wide,
        };

        var found = GoldenAttention.Run(layer, Tensor(q, Heads * Channels), Tensor(k, Channels), Tensor(v, Channels));

        for (var token = 0; token < Tokens; token++)
        {
            for (var head = 0; head < Heads; head++)
            {
                var seen = isCausal ? token + 1 : Tokens;
                var weights = Enumerable.Range(0, seen).Select(other => Math.Exp(Score(token, head, other) / 2)).ToArray();
                for (var c = 0; c < Channels; c++)
                {
                    var expected = weights.Select((weight, other) => weight * v[other * Channels + c]).Sum() / weights.Sum();
                    Assert.InRange(found.Values[(token * Heads + head) * Channels + c] - expected, -1.5, 1.5);
                }
            }
        }

        int[] Codes(int channels) => [.. Enumerable.Range(0, Tokens * channels).Select(_ => random.Next(-3000, 3000))];

        ImageTensor Tensor(int[] codes, int channels) => new(new ImageShape(1, Tokens, channels), codes);

        double Score(int token, int head, int other) => Enumerable.Range(0, Channels / 2).Sum(pair =>
        {
            var (x, y) = (
                Turned(q, (token * Heads + head) * Channels + 2 * pair, token, pair), Turned(k, other * Channels + 2 * pair, other, pair));
            return x.A * y.A + x.B * y.B;
        });

        (double A, double B) Turned(int[] codes, int at, int token, int pair)
        {
            var (a, b, (sine, cosine)) = (codes[at] * Unit, codes[at + 1] * Unit, Math.SinCos(angles[token * Channels / 2 + pair]));
            return (a * cosine - b * sine, a * sine + b * cosine);
        }
    }

    [Fact]
    public void The_mean_is_over_the_tokens_there_are()
    {
        var node = new TokenMeanNode("m", ["input"], new TensorRescale(1, 0, -8, 7));
        var network = Network(node, channels: 2);

        Assert.Equal([-2, 3], GoldenNetwork.Run(network, [1, 0]));
        Assert.Equal([-3, 5], GoldenNetwork.Run(network, [1]));
        Assert.Equal([-2, 3], GoldenNetwork.Run(network, [1, 0, 0, 1]));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 0, 0, 0, 0, 0 })]
    public void Sequences_that_the_network_does_not_take_are_refused(int[] tokens) => Assert.Contains(
        "takes 1 to 4 tokens from 0 to 1.",
        Assert.Throws<ArgumentException>(() => GoldenNetwork.Run(Network(new ReluNode("r", ["input"]), 2), tokens)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Nodes_of_tokens_are_refused_where_there_are_images() => Assert.Contains(
        NetworkRules.Problems(SampleNetworks.AllKinds() with { Nodes = [new GeluNode("g", ["input"], 1, 0, Wide)] }),
        problem => problem.Key == "g.kind" && problem.Value == "GeluNode");

    [Fact]
    public void Nodes_that_need_images_are_refused_where_there_are_tokens() => Assert.Contains(
        NetworkRules.Problems(Network(new FlattenNode("f", ["input"]), 2)),
        problem => problem.Key == "f" && problem.Value == "FlattenNode");

    [Fact]
    public void Attention_needs_channels_and_positions_that_fit()
    {
        var layer = new AttentionLayer
        {
            Heads = 2, KeyHeads = 1, HeadChannels = 2, IsCausal = true, Rotation = [.. new short[8]], ScoreMultiplier = 1, ScoreShift = 63,
            Rescale = Wide,
        };
        Assert.Equal(["a.score_shift"], Keys(layer));
        Assert.Equal(["a.inputs"], Keys(layer with { ScoreShift = 62 }));
        Assert.Equal(["a.rotation"], Keys(layer with { ScoreShift = 62, Heads = 1, Rotation = [.. new short[6]] }));
        Assert.Equal(["a.heads"], Keys(layer with { ScoreShift = 62, Heads = 3, KeyHeads = 2 }));
        Assert.Empty(Keys(layer with { ScoreShift = 62, Heads = 1 }));

        static IEnumerable<string> Keys(AttentionLayer layer) =>
            NetworkRules.Problems(Network(new AttentionNode("a", ["input", "input", "input"], layer), 2)).Select(problem => problem.Key);
    }

    private static QuantizedNetwork Network(Node node, int channels) => new()
    {
        Name = "tokens",
        Input =
            new InputQuantizer { Height = 1, Width = 4, Channels = channels, ActivationBits = 4, Vocabulary = 2, Codes = [0, 1, -3, 5] },
        Nodes = [node],
    };
}
