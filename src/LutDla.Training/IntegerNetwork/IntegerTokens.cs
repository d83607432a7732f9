using LutDla.Golden.Tokens;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using LutDla.Training.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// What a network of tokens computes besides layers, in whole numbers, on codes [tokens, 1, 1, channels]. Gradients are those of the
/// operation in floating point between the clamps. Where it need not be exact, for training, floating point may round a few codes the other
/// way, and is faster.
/// </summary>
internal sealed class IntegerTokens(FloatNetwork source, IReadOnlyDictionary<string, TensorScale> scales)
{
    private const int ChannelDimension = 3;

    private readonly TokenNodes _nodes = new(source, scales);

    /// <summary>What the golden model has for the same operations.</summary>
    public TokenNodes Nodes => _nodes;

    public Tensor Norm(NormOperation op, Tensor tokens, bool isExact)
    {
        var (input, output, node) = (scales[op.Inputs[0]].Scale, scales[op.Name], _nodes.Norm(op));
        return Straight(
            TokenFunctions.Normalise(
                tokens, source.Tensors[op.Weight], Bias(op), op.IsCentred, op.Epsilon / (input * input), ChannelDimension),
            1 / output.Scale, output, isExact ? Rows(tokens, (pixel, results) => GoldenTokens.Normalise(node, pixel, results)) : null);
    }

    public Tensor Attention(AttentionOperation op, Tensor[] inputs, TokenSpans spans, bool isExact)
    {
        var layer = _nodes.Attention(op);
        var rotation = Array.ConvertAll(layer.Rotation.ToArray(), value => (double)value);
        return AttentionFunction.apply(
            inputs[0], inputs[1], inputs[2],
            new AttentionCall(op.Shape, spans, rotation, Math.ScaleB(layer.ScoreMultiplier, -layer.ScoreShift), layer.Rescale, isExact));
    }

    public Tensor GatedProduct(GatedProductOperation op, Tensor gates, Tensor values, bool isExact)
    {
        var (gate, value, output, node) = (
            scales[op.Inputs[0]].Scale, scales[op.Inputs[1]].Scale, scales[op.Name], _nodes.GatedProduct(op));
        return Straight(
            TokenFunctions.GatedProduct(gates, values, gate), gate * value / output.Scale, output,
            isExact ? Rows(gates, values, (g, v, results) => GoldenTokens.GatedProduct(node, g, v, results)) : null);
    }

    public Tensor Gelu(GeluOperation op, Tensor tokens, bool isExact)
    {
        var (input, output, node) = (scales[op.Inputs[0]].Scale, scales[op.Name], _nodes.Gelu(op));
        return Straight(
            TokenFunctions.Gelu(tokens, input), input / output.Scale, output,
            isExact ? Rows(tokens, (values, results) => GoldenTokens.Gelu(node, values, results)) : null);
    }

    public Tensor Mean(TokenMeanOperation op, Tensor tokens, TokenSpans spans)
    {
        var (output, rescale) = (scales[op.Name], _nodes.Mean(op).Rescale);
        var channels = (int)tokens.shape[ChannelDimension];
        var results = new float[spans.Lengths.Length * channels];
        var codes = tokens.detach().data<float>().ToArray();
        foreach (var (index, (start, length)) in spans.All.Index())
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var sum = 0L;
                for (var token = start; token < start + length; token++) sum += (long)codes[token * channels + channel];
                results[index * channels + channel] = GoldenRounding.Quotient(sum, length, rescale);
            }
        }

        return Straight(
            TokenFunctions.Mean(tokens, spans), scales[op.Inputs[0]].Scale / output.Scale, output,
            tensor(results, spans.Lengths.Length, 1, 1, channels));
    }

    private Tensor? Bias(NormOperation op) => op.IsCentred ? source.Tensors[op.Bias] : null;

    // The codes, by default those nearest to values · slope, with the gradient of values · slope between the clamps.
    private static Tensor Straight(Tensor values, double slope, TensorScale output, Tensor? codes)
    {
        using Scalar factor = slope;
        using Scalar minimum = output.Minimum;
        using Scalar maximum = output.Maximum;
        var clamped = (values * factor).clamp(minimum, maximum);
        return Gradients.Straight(clamped, codes ?? clamped.detach().round());
    }

    private delegate void RowFunction(ReadOnlySpan<int> row, Span<int> results);

    private delegate void RowsFunction(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> results);

    private static Tensor Rows(Tensor tokens, RowFunction function) => Rows(tokens, tokens, (row, _, results) => function(row, results));

    // A token at a time.
    private static unsafe Tensor Rows(Tensor first, Tensor second, RowsFunction function)
    {
        var channels = (int)first.shape[ChannelDimension];
        var results = empty_like(first);
        var (a, b, c) = ((nint)NativeValues.Floats(first), (nint)NativeValues.Floats(second), (nint)NativeValues.Floats(results));
        Slices.Run((int)first.shape[0], (begin, end) =>
        {
            int[] row = new int[channels], other = new int[channels], result = new int[channels];
            for (var at = (long)begin * channels; at < (long)end * channels; at += channels)
            {
                Codes((float*)a + at, row);
                Codes((float*)b + at, other);
                function(row, other, result);
                for (var i = 0; i < result.Length; i++) ((float*)c)[at + i] = result[i];
            }
        });
        return results;
    }

    private static unsafe void Codes(float* values, int[] codes)
    {
        for (var i = 0; i < codes.Length; i++) codes[i] = (int)values[i];
    }
}
