using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Networks.Data;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>One use of an attention: its constants, and what its gradient needs.</summary>
/// <param name="Rotation">
/// [positions, head channels / 2, 2]: cosines and sines; whole numbers over 2^<see cref="RotationBits"/> with a rescale.
/// </param>
/// <param name="Factor">A weight is 2^((score - largest score) · Factor).</param>
/// <param name="Rescale">Whole numbers all through, and how results are rounded; null in floating point.</param>
/// <param name="IsExact">
/// Whether whole numbers must come out as the golden model's; else, as in training, a few may be rounded the other way.
/// </param>
internal sealed record AttentionCall(
    AttentionShape Shape, TokenSpans Spans, double[] Rotation, double Factor, TensorRescale? Rescale = null, bool IsExact = false)
{
    public int RotationBits => Rescale is null ? 0 : GoldenAttention.RotationBits;

    public double WeightSteps => Rescale is null ? 0 : 1 << GoldenAttention.WeightBits;

    /// <summary>Whether a gradient may be asked for.</summary>
    public bool KeepsShares { get; } = is_grad_enabled();

    /// <summary>The position of each token in its sequence.</summary>
    public int[] Positions { get; } = [.. Spans.Lengths.SelectMany(length => Enumerable.Range(0, length))];

    /// <summary>
    /// Of each sequence, its first token, its length, and where its shares [heads, length, pitch] begin; at the end what there is in all.
    /// </summary>
    public (int Start, int Length, long Shares)[] Sequences
    {
        get
        {
            var shares = 0L;
            var sequences = new List<(int Start, int Length, long Shares)>();
            foreach (var (start, length) in Spans.All)
            {
                sequences.Add((start, length, shares));
                shares += ShareCount(length);
            }

            return [.. sequences, (Spans.Tokens, 0, shares)];
        }
    }

    /// <summary>Shares of a head.</summary>
    public static long HeadShares(int length) => (long)length * HeadPlanes<float>.RoundedUp(length);

    private long ShareCount(int length) => Shape.Heads * HeadShares(length);
}

/// <summary>
/// Attention with rotary positions, in floating point or, rounding included, in whole numbers. The gradient passes the rounding.
/// </summary>
/// <remarks>Arguments: queries, keys, values (contiguous, [tokens, channels] in memory), <see cref="AttentionCall"/>.</remarks>
internal sealed unsafe class AttentionFunction : autograd.SingleTensorFunction<AttentionFunction>
{
    private const string CallKey = "call";

    public override string Name => nameof(AttentionFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (queries, keys, values, call) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (AttentionCall)vars[3]);
        var shape = call.Shape;
        var (turnedQueries, turnedKeys) = (TurnForward(call, queries, shape.Channels), TurnForward(call, keys, shape.KeyChannels));
        var sequences = call.Sequences;
        var shares = empty(call.KeepsShares ? sequences[^1].Shares : 0);
        var results = empty_like(queries);
        var query = NativeValues.Floats(turnedQueries);
        var key = NativeValues.Floats(turnedKeys);
        var value = NativeValues.Floats(values);
        var share = call.KeepsShares ? NativeValues.Floats(shares) : null;
        var result = NativeValues.Floats(results);
        Slices.Run(sequences.Length - 1, (begin, end) =>
        {
            foreach (var sequence in sequences[begin..end])
            {
                if (call.IsExact)
                    Attend<double>(call, sequence, query, key, value, share, result);
                else
                    Attend<float>(call, sequence, query, key, value, share, result);
            }
        });
        ctx.save_for_backward([turnedQueries, turnedKeys, values, results, shares]);
        ctx.save_data(CallKey, call);
        return results;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var call = (AttentionCall)ctx.get_data(CallKey);
        var saved = ctx.get_saved_variables();
        var (queries, keys, values, results, shares) = (saved[0], saved[1], saved[2], saved[3], saved[4]);
        var shape = call.Shape;
        var gradient = OfShares(call, grad_output, results);
        var (toQueries, toKeys, toValues) = (empty_like(queries), zeros_like(keys), zeros_like(values));
        var query = NativeValues.Floats(queries);
        var key = NativeValues.Floats(keys);
        var value = NativeValues.Floats(values);
        var share = NativeValues.Floats(shares);
        var wanted = NativeValues.Floats(gradient);
        var toQuery = NativeValues.Floats(toQueries);
        var toKey = NativeValues.Floats(toKeys);
        var toValue = NativeValues.Floats(toValues);
        var scale = (float)(call.Factor * Math.Log(2));
        var sequences = call.Sequences;
        Slices.Run(sequences.Length - 1, (begin, end) =>
        {
            foreach (var (start, length, firstShare) in sequences[begin..end])
            {
                for (var head = 0; head < shape.Heads; head++)
                {
                    var (from, to) = Offsets(shape, start, head);
                    var (keyGradient, valueGradient) = (
                        new HeadPlanes<float>(shape.HeadChannels, length), new HeadPlanes<float>(shape.HeadChannels, length));
                    AttentionKernel.Backward(
                        shape, length, query + to, wanted + to, shape.Channels, Planes<float>(shape, key + from, length),
                        Planes<float>(shape, value + from, length), share + firstShare + head * AttentionCall.HeadShares(length), scale,
                        toQuery + to, keyGradient, valueGradient);
                    keyGradient.AddTo(toKey + from, shape.KeyChannels);
                    valueGradient.AddTo(toValue + from, shape.KeyChannels);
                }
            }
        });
        return Gradients.Of(TurnedBack(call, toQueries, shape.Channels), TurnedBack(call, toKeys, shape.KeyChannels), toValues, null);
    }

    // All heads of a sequence.
    private static void Attend<T>(
        AttentionCall call, (int Start, int Length, long Shares) sequence, float* query, float* key, float* value, float* share,
        float* result)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (shape, length) = (call.Shape, sequence.Length);
        for (var head = 0; head < shape.Heads; head++)
        {
            var (from, to) = Offsets(shape, sequence.Start, head);
            var at = result + to;
            AttentionKernel.Forward(
                shape, length, query + to, shape.Channels, Planes<T>(shape, key + from, length), Planes<T>(shape, value + from, length),
                call.Factor, call.WeightSteps, share == null ? null : share + sequence.Shares + head * AttentionCall.HeadShares(length),
                (token, sums, weights) => Emit(call, at + (long)token * shape.Channels, sums, weights));
        }
    }

    // Where a head of a sequence begins: in keys and values, and in queries and results.
    private static (long From, long To) Offsets(AttentionShape shape, int start, int head) => (
        (long)start * shape.KeyChannels + shape.KeyHead(head) * shape.HeadChannels,
        (long)start * shape.Channels + head * shape.HeadChannels);

    private static HeadPlanes<T> Planes<T>(AttentionShape shape, float* source, int length)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var planes = new HeadPlanes<T>(shape.HeadChannels, length);
        planes.Load(source, shape.KeyChannels);
        return planes;
    }

    private static void Emit(AttentionCall call, float* result, ReadOnlySpan<double> sums, double weights)
    {
        for (var channel = 0; channel < sums.Length; channel++)
        {
            result[channel] = call.Rescale is { } rescale
                ? GoldenRounding.Quotient((long)sums[channel], (long)weights, rescale)
                : (float)(sums[channel] / weights);
        }
    }

    private static Tensor OfShares(AttentionCall call, Tensor gradient, Tensor results)
    {
        if (call.Rescale is not { } rescale) return gradient.contiguous();
        using TorchSharp.Scalar minimum = rescale.OutputMinimum;
        using TorchSharp.Scalar maximum = rescale.OutputMaximum;
        using TorchSharp.Scalar slope = Math.ScaleB(rescale.Multiplier, -rescale.Shift);
        return (gradient * results.gt(minimum).logical_and(results.lt(maximum)) * slope).contiguous();
    }

    private static Tensor TurnForward(AttentionCall call, Tensor tokens, int channels) => Turn(call, tokens, channels, inverse: false);

    private static Tensor TurnedBack(AttentionCall call, Tensor gradient, int channels) => Turn(call, gradient, channels, inverse: true);

    private static Tensor Turn(AttentionCall call, Tensor tokens, int channels, bool inverse)
    {
        var turned = empty_like(tokens);
        RotaryPositions.Turn(
            call.Rotation, NativeValues.Floats(tokens), call.Positions, channels, call.Shape.HeadChannels, call.RotationBits, inverse,
            NativeValues.Floats(turned));
        return turned;
    }
}
