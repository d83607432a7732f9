using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using LutDla.Training.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// What a network of tokens computes besides layers, in whole numbers: the nodes of the golden model, and their forward passes on codes
/// [tokens, 1, 1, channels], whose gradients are those of the operation in floating point between the clamps.
/// </summary>
internal sealed class IntegerTokens(FloatNetwork source, IReadOnlyDictionary<string, TensorScale> scales)
{
    /// <summary>Gains have as many bits: products with the sums of norms stay exact in double precision.</summary>
    private const int GainBits = 18;

    private const int ChannelDimension = 3;

    /// <summary>The node of an operation on tokens.</summary>
    public Node Node(FloatOperation operation) => operation switch
    {
        NormOperation op => Norm(op),
        AttentionOperation op => new AttentionNode(op.Name, op.Inputs, Attention(op)),
        GatedProductOperation op => GatedProduct(op),
        GeluOperation op => Gelu(op),
        TokenMeanOperation op => new TokenMeanNode(op.Name, op.Inputs, Rescale(scales[op.Inputs[0]].Scale, op)),
        _ => throw new InvalidOperationException($"The operation {operation.Name} is of an unknown kind, {operation.GetType().Name}."),
    };

    /// <summary>The codes that an operation on tokens makes.</summary>
    /// <param name="isExact">Whether they must be the golden model's; else, for training, floating point may round a few the other way, and is faster.</param>
    public Tensor Apply(FloatOperation operation, Tensor[] inputs, TokenSpans? spans, bool isExact)
    {
        var output = scales[operation.Name];
        var input = scales[operation.Inputs[0]].Scale;
        switch (operation)
        {
            case NormOperation op:
                var norm = Norm(op);
                return Straight(
                    TokenFunctions.Normalise(inputs[0], source.Tensors[op.Weight], Bias(op), op.IsCentred, op.Epsilon / (input * input), ChannelDimension),
                    1 / output.Scale, output, isExact ? Rows(inputs[0], (pixel, results) => GoldenTokens.Normalise(norm, pixel, results)) : null);
            case AttentionOperation op:
                var layer = Attention(op);
                var rotation = Array.ConvertAll(layer.Rotation.ToArray(), value => (double)value);
                return AttentionFunction.apply(
                    inputs[0], inputs[1], inputs[2],
                    new AttentionCall(
                        op.Shape, FloatNetwork.Spans(op, spans), rotation, Math.ScaleB(layer.ScoreMultiplier, -layer.ScoreShift), layer.Rescale, isExact));
            case GatedProductOperation op:
                var product = GatedProduct(op);
                return Straight(
                    TokenFunctions.GatedProduct(inputs[0], inputs[1], input), input * scales[op.Inputs[1]].Scale / output.Scale, output,
                    isExact ? Rows(inputs[0], inputs[1], (gates, values, results) => GoldenTokens.GatedProduct(product, gates, values, results)) : null);
            case GeluOperation op:
                var gelu = Gelu(op);
                return Straight(
                    TokenFunctions.Gelu(inputs[0], input), input / output.Scale, output,
                    isExact ? Rows(inputs[0], (values, results) => GoldenTokens.Gelu(gelu, values, results)) : null);
            case TokenMeanOperation op:
                return Mean(inputs[0], FloatNetwork.Spans(op, spans), Rescale(input, op), input / output.Scale, output);
            default:
                throw new InvalidOperationException($"The operation {operation.Name} is of an unknown kind, {operation.GetType().Name}.");
        }
    }

    private NormNode Norm(NormOperation op)
    {
        var (input, output) = (scales[op.Inputs[0]], scales[op.Name]);
        // The golden model divides channels · (x - mean) by the root of channels² · variance.
        double[] gains = [.. source.Tensors[op.Weight].data<float>().ToArray().Select(gain => gain / output.Scale)];
        double[] biases = op.IsCentred ? [.. source.Tensors[op.Bias].data<float>().ToArray().Select(bias => bias / output.Scale)] : new double[op.Channels];
        var limit = BitWidth.SignedMaximum(GainBits);
        var shift = RescaleFormat.MaximumShift;
        while (shift > 0 && gains.Concat(biases).Any(value => Math.Abs(Math.ScaleB(value, shift)) > limit)) shift--;
        return new NormNode(
            op.Name, op.Inputs, op.IsCentred, Math.Max(1, (long)Math.Round(op.Epsilon / (input.Scale * input.Scale) * op.Channels * op.Channels)),
            [.. gains.Select(Whole)], [.. biases.Select(Whole)], shift, output.Minimum, output.Maximum);

        int Whole(double value) => (int)Math.Round(Math.ScaleB(value, shift));
    }

    private AttentionLayer Attention(AttentionOperation op)
    {
        var unit = 1 << GoldenAttention.RotationBits;
        var table = RotaryPositions.Table(source.Graph.Tokens?.Positions ?? 0, op.HeadChannels, op.RotaryBase);
        var score = RescaleFactor.From(op.Factor * scales[op.Inputs[0]].Scale * scales[op.Inputs[1]].Scale, AttentionLayer.MaximumScoreShift);
        return new AttentionLayer
        {
            Heads = op.Heads, KeyHeads = op.KeyHeads, HeadChannels = op.HeadChannels, IsCausal = op.IsCausal,
            Rotation = [.. table.Select(value => (short)Math.Round(value * unit))],
            ScoreMultiplier = score.Multiplier, ScoreShift = score.Shift, Rescale = Rescale(scales[op.Inputs[2]].Scale, op),
        };
    }

    private GatedProductNode GatedProduct(GatedProductOperation op)
    {
        var (gate, value) = (scales[op.Inputs[0]].Scale, scales[op.Inputs[1]].Scale);
        var exponent = RescaleFactor.From(gate / Math.Log(2));
        return new GatedProductNode(op.Name, op.Inputs, exponent.Multiplier, exponent.Shift, Rescale(gate * value, op));
    }

    private GeluNode Gelu(GeluOperation op)
    {
        var input = RescaleFactor.From(scales[op.Inputs[0]].Scale);
        return new GeluNode(op.Name, op.Inputs, input.Multiplier, input.Shift, Rescale(scales[op.Inputs[0]].Scale, op));
    }

    // From codes of a scale to those of the result.
    private TensorRescale Rescale(double scale, FloatOperation op)
    {
        var output = scales[op.Name];
        var factor = RescaleFactor.From(scale / output.Scale);
        return new TensorRescale(factor.Multiplier, factor.Shift, output.Minimum, output.Maximum);
    }

    private Tensor? Bias(NormOperation op) => op.IsCentred ? source.Tensors[op.Bias] : null;

    private static Tensor Mean(Tensor tokens, TokenSpans spans, TensorRescale rescale, double slope, TensorScale output)
    {
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

        return Straight(TokenFunctions.Mean(tokens, spans), slope, output, tensor(results, spans.Lengths.Length, 1, 1, channels));
    }

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
