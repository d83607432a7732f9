using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Networks.Data;

/// <summary>Some sequences of tokens, one after the other.</summary>
/// <param name="isHidden">Asked for each token in order: whether it becomes the unknown one.</param>
internal sealed class TokenBatch(TokenData data, int[] indices, Predicate<int> isHidden) : ExampleBatch
{
    private readonly int[] _tokens =
        [.. indices.SelectMany(index => data.Sequence(index).ToArray()).Select(token => isHidden(token) ? data.Unknown ?? token : token)];

    /// <inheritdoc/>
    public override int Count => indices.Length;

    /// <inheritdoc/>
    public override TokenSpans Spans { get; } = new([.. indices.Select(index => data.Sequence(index).Length)]);

    /// <inheritdoc/>
    public override Tensor Labels() => data.Labels.IsEmpty
        ? tensor((long[])[.. indices.SelectMany(index => data.Sequence(index)[1..].ToArray().Select(token => (long)token).Append(NoLabel))])
        : tensor(Array.ConvertAll(indices, index => (long)data.Labels[index]));

    /// <inheritdoc/>
    public override Tensor Inputs(FloatNetwork network) =>
        network.Tensors[FloatGraph.Embedding].index_select(0, tensor(Array.ConvertAll(_tokens, token => (long)token)))
            .unsqueeze(-1).unsqueeze(-1);

    /// <inheritdoc/>
    public override Tensor Levels(ReadOnlySpan<float> levels)
    {
        var channels = levels.Length / data.Vocabulary;
        var values = new float[_tokens.Length * channels];
        for (var i = 0; i < _tokens.Length; i++) levels.Slice(_tokens[i] * channels, channels).CopyTo(values.AsSpan(i * channels));
        return tensor(values, [_tokens.Length, 1, 1, channels]);
    }
}
