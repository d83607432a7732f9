using LutDla.Networks.Graphs;

namespace LutDla.Networks.Definitions;

/// <summary>
/// A small encoder of texts in the manner of BERT: every token sees all others; LayerNorm before attention and feed-forward part, GELU,
/// biases. Positions are rotary, so that texts of any length share weights; classes come from the mean of the last tokens.
/// </summary>
internal static class EncoderNetworks
{
    private const int Channels = 64;

    private const int Hidden = 128;

    private const int Layers = 2;

    private const int Heads = 4;

    private const double Epsilon = 1e-5;

    private const double RotaryBase = 1_000;

    public static FloatGraph Build(string name, int vocabulary, int positions, int classes)
    {
        var graph = new GraphBuilder(name, 1, 1, Channels, classes);
        var x = FloatGraph.InputName;
        for (var i = 0; i < Layers; i++)
        {
            var (layer, attention, feed) = ($"layers.{i}", $"layers.{i}.attention", $"layers.{i}.feed_forward");
            var norm = graph.Norm($"{layer}.attention_norm", x, isCentred: true, Epsilon);
            var seen = graph.Attention(
                attention, graph.Linear($"{attention}.query", norm, Channels), graph.Linear($"{attention}.key", norm, Channels),
                graph.Linear($"{attention}.value", norm, Channels), Heads, Heads, isCausal: false, RotaryBase);
            x = graph.Add($"{layer}.attended", x, graph.Linear($"{attention}.output", seen, Channels), relu: false);
            norm = graph.Norm($"{layer}.feed_forward_norm", x, isCentred: true, Epsilon);
            var hidden = graph.Gelu($"{feed}.gelu", graph.Linear($"{feed}.hidden", norm, Hidden));
            x = graph.Add(layer, x, graph.Linear($"{feed}.output", hidden, Channels), relu: false);
        }

        graph.Linear("classifier", graph.TokenMean("mean", graph.Norm("norm", x, isCentred: true, Epsilon)), classes);
        return graph.Build() with { Tokens = new TokenInput(vocabulary, positions) };
    }
}
