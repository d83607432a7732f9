using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;
using LutDla.Golden.Tokens;

namespace LutDla.Tests.Golden;

/// <summary>Each number of a node of tokens one step beyond what it may be: one problem. At its limit it is legal.</summary>
public sealed class TokenRuleTests
{
    private const string Clamp = "The lower clamp must not lie above the upper clamp.";

    private static readonly TensorRescale Rescale = new(1, 0, -8, 7);

    private static readonly NormNode Norm = new("n", ["input"], true, 1, [1, 2], [3, 4], 0, -8, 7);

    private static readonly GatedProductNode Gate = new("g", ["input", "input"], 1, 0, Rescale);

    private static readonly GeluNode Gelu = new("g", ["input"], 1, 0, Rescale);

    private static readonly TokenMeanNode Mean = new("m", ["input"], Rescale);

    private static readonly AttentionLayer Layer = new()
    {
        Heads = 1, KeyHeads = 1, HeadChannels = 2, IsCausal = true, Rotation = [.. new short[8]], ScoreMultiplier = 1, ScoreShift = 0,
        Rescale = Rescale,
    };

    private static readonly Dictionary<string, Node> Broken = new()
    {
        ["n.epsilon = 0: It must be 1 to 4611686018427387904 (channels² · variance)."] = Norm with { Epsilon = 0 },
        ["n.epsilon = 4611686018427387905: It must be 1 to 4611686018427387904 (channels² · variance)."] =
            Norm with { Epsilon = (1L << 62) + 1 },
        ["n.shift = 32: It must be 0 to 31 bits."] = Norm with { Shift = 32 },
        ["n.shift = -1: It must be 0 to 31 bits."] = Norm with { Shift = -1 },
        [$"n.output = 2 to 1: {Clamp}"] = Norm with { OutputMinimum = 2, OutputMaximum = 1 },
        ["n.gain = 1 elements: The shape needs 2."] = Norm with { Gain = [1] },
        ["n.gain = 524288: It must be -524287 to 524287 in every channel."] = Norm with { Gain = [0, 524288] },
        ["n.gain = -524288: It must be -524287 to 524287 in every channel."] = Norm with { Gain = [-524288, 0] },
        ["n.bias = 3 elements: The shape needs 2."] = Norm with { Bias = [1, 2, 3] },
        ["g.gate_multiplier = 65536: It must be 0 to 65535 (unsigned, 16 bits)."] = Gate with { GateMultiplier = 65536 },
        ["g.gate_shift = 32: It must be 0 to 31 bits."] = Gate with { GateShift = 32 },
        ["g.multiplier = -1: It must be 0 to 65535 (unsigned, 16 bits)."] = Gelu with { Multiplier = -1 },
        ["g.shift = 32: It must be 0 to 31 bits."] = Gelu with { Shift = 32 },
        ["g.rescale.shift = 32: It must be 0 to 31 bits."] = Gelu with { Rescale = new(1, 32, -8, 7) },
        ["m.rescale.multiplier = 65536: It must be 0 to 65535 (unsigned, 16 bits)."] = Mean with { Rescale = new(65536, 0, -8, 7) },
        ["a.heads = 0: It must be 1 to 1024 heads."] = Attention(Layer with { Heads = 0 }),
        ["a.heads = 1025: It must be 1 to 1024 heads."] = Attention(Layer with { Heads = 1025 }),
        ["a.key_heads = 0: It must be 1 to 1024 heads."] = Attention(Layer with { KeyHeads = 0 }),
        ["a.head_channels = 1: It must be 2 to 1024 channels."] = Attention(Layer with { HeadChannels = 1 }),
        ["a.head_channels = 1025: It must be 2 to 1024 channels."] = Attention(Layer with { HeadChannels = 1025 }),
        ["a.score_multiplier = 65536: It must be 0 to 65535 (unsigned, 16 bits)."] = Attention(Layer with { ScoreMultiplier = 65536 }),
        ["a.score_shift = 63: It must be 0 to 62 bits."] = Attention(Layer with { ScoreShift = 63 }),
        ["a.rescale.shift = -1: It must be 0 to 31 bits."] = Attention(Layer with { Rescale = new(1, -1, -8, 7) }),
        ["a.heads = 1 of 3 channels, 1 of keys: Channels must be even, and the heads a multiple of those of keys."] =
            Attention(Layer with { HeadChannels = 3 }),
        ["a.heads = 3 of 2 channels, 2 of keys: Channels must be even, and the heads a multiple of those of keys."] =
            Attention(Layer with { Heads = 3, KeyHeads = 2 }),
        ["a.inputs = 1 x 4 x 2, 1 x 4 x 2 and 1 x 4 x 2: Queries must have 4 channels, keys and values 2, all as many tokens."] =
            Attention(Layer with { Heads = 2 }),
        ["a.inputs = 1 x 4 x 2, 1 x 4 x 2 and 1 x 4 x 2: Queries must have 4 channels, keys and values 4, all as many tokens."] =
            Attention(Layer with { Heads = 2, KeyHeads = 2 }),
        ["a.rotation = 6 elements: The shape needs 8."] = Attention(Layer with { Rotation = [.. new short[6]] }),
    };

    public static TheoryData<string> Messages { get; } = [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_number_beyond_its_limit_is_one_problem(string message) =>
        Assert.Equal([message], NetworkRules.Problems(Network(Broken[message])).Select(Text));

    [Fact]
    public void Numbers_at_their_limits_are_legal()
    {
        Node[] nodes =
        [
            Norm with { Epsilon = 1L << 62, Shift = 31, Gain = [524287, -524287], OutputMinimum = 3, OutputMaximum = 3 },
            Gate with { GateMultiplier = 65535, GateShift = 31 },
            Gate with { GateMultiplier = 0, GateShift = 0 },
            Gelu with { Multiplier = 65535, Shift = 31 },
            Mean with { Rescale = new(65535, 31, 0, 0) },
            Attention(Layer with { ScoreMultiplier = 65535, ScoreShift = 62 }),
        ];

        Assert.All(nodes, node => Assert.Empty(NetworkRules.Problems(Network(node))));
    }

    [Theory]
    [InlineData(-32768, true)]
    [InlineData(-32769, false)]
    public void Inputs_have_sixteen_bits(int minimum, bool legal)
    {
        foreach (var node in (Node[])[Norm, Gate, Gelu, Mean, Attention(Layer)])
        {
            var wide = new GeluNode("wide", ["input"], 1, 0, new TensorRescale(1, 0, minimum, 7));
            var problems = NetworkRules.Problems(Network(wide, node with { Inputs = [.. node.Inputs.Select(_ => "wide")] })).Select(Text);
            Assert.Equal(
                legal ? [] : [$"{node.Name}.inputs = {minimum} to 7: The input's values must fit in 16 signed bits."], problems);
        }
    }

    [Fact]
    public void Gates_and_values_have_one_shape() => Assert.Equal(
        ["g.inputs = 1 x 4 x 2 and 1 x 1 x 2: Both inputs must have the same shape."],
        NetworkRules.Problems(Network(Mean, Gate with { Inputs = ["input", "m"] })).Select(Text));

    [Fact]
    public void Every_node_works_in_a_network_on_each_token()
    {
        // Codes (-3, 5) and (0, 1) of the two tokens. Centred -8 and 8 over the root of 64 + 1, and -1 and 1 over that of 1 + 1, twice the
        // second: -0.99, 1.98, -0.71 and 1.41.
        Assert.Equal([-1, 2, -1, 1], GoldenNetwork.Run(Network(Norm with { Bias = [0, 0] }), [1, 0]));

        // Half of each value for a gate multiplier of 0: -3 · -3 / 2 and 5 · 5 / 2, clamped to 7.
        Assert.Equal([5, 7, 0, 1], GoldenNetwork.Run(Network(Gate with { GateMultiplier = 0 }), [1, 0]));

        // r = x: nearly the rectified value.
        Assert.Equal([0, 5, 0, 1], GoldenNetwork.Run(Network(Gelu), [1, 0]));
    }

    private static AttentionNode Attention(AttentionLayer layer) => new("a", ["input", "input", "input"], layer);

    private static QuantizedNetwork Network(params Node[] nodes) => new()
    {
        Name = "tokens",
        Input = new InputQuantizer { Height = 1, Width = 4, Channels = 2, ActivationBits = 4, Vocabulary = 2, Codes = [0, 1, -3, 5] },
        Nodes = [.. nodes],
    };

    private static string Text(InputProblem problem) => $"{problem.Key} = {problem.Value}: {problem.Rule}";
}
