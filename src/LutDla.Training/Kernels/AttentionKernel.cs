using System.Runtime.Intrinsics;
using LutDla.Golden;

namespace LutDla.Training.Kernels;

/// <summary>
/// Attention of one head of one sequence. Queries and keys are turned by their positions already. In double precision, in which all sums of whole
/// numbers are exact: the golden model computes the same.
/// </summary>
internal static unsafe class AttentionKernel
{
    /// <summary>Sums of values, weighted with 2^((score - largest score) · factor), and the sums of the weights.</summary>
    /// <param name="queries">[tokens, stride], the head's first channel.</param>
    /// <param name="weightSteps">Weights are rounded to whole multiples of 1 / weightSteps and counted in them; 0 leaves them as they are.</param>
    /// <param name="shares">[tokens, Pitch], written: weights over their sum; null where nobody asks.</param>
    /// <param name="emit">Called for each token with its sums [channels] and the sum of its weights.</param>
    public static void Forward(
        AttentionShape shape, int tokens, float* queries, int stride, HeadPlanes<double> keys, HeadPlanes<double> values, double factor, double weightSteps,
        float* shares, TokenSums emit)
    {
        var (channels, pitch) = (shape.HeadChannels, keys.Pitch);
        var weights = new double[pitch];
        var (sums, queryChannels) = (new double[channels], new double[channels]);
        fixed (double* query = queryChannels, weight = weights, key = keys.Values, value = values.Values)
        {
            for (var token = 0; token < tokens; token++)
            {
                var seen = shape.Seen(token, tokens);
                for (var channel = 0; channel < channels; channel++) query[channel] = queries[(long)token * stride + channel];
                var largest = Scores(query, key, weight, channels, pitch, seen);
                var total = Weights(weight, seen, largest, factor, weightSteps);
                for (var channel = 0; channel < channels; channel++) sums[channel] = Dot(weight, value + channel * pitch, seen);
                emit(token, sums, total);
                if (shares != null) Share(weight, total, shares + (long)token * pitch, seen);
            }
        }
    }

    /// <summary>What one token gets: sums [channels] of weighted values, and the sum of the weights.</summary>
    public delegate void TokenSums(int token, ReadOnlySpan<double> sums, double weights);

    /// <summary>The gradients of turned queries, turned keys and values.</summary>
    /// <param name="gradient">[tokens, stride]: of what would be shares · values, the head's first channel; the queries lie alike.</param>
    /// <param name="shares">[tokens, Pitch], from <see cref="Forward"/>.</param>
    /// <param name="scale">What a score's natural exponent changes by for each unit of queries · keys.</param>
    /// <param name="queryGradient">[tokens, stride], written.</param>
    /// <param name="keyGradient">Planes of zeros, added to.</param>
    /// <param name="valueGradient">Likewise.</param>
    public static void Backward(
        AttentionShape shape, int tokens, float* queries, float* gradient, int stride, HeadPlanes<float> keys, HeadPlanes<float> values, float* shares, float scale,
        float* queryGradient, HeadPlanes<float> keyGradient, HeadPlanes<float> valueGradient)
    {
        var (channels, pitch) = (shape.HeadChannels, keys.Pitch);
        var changes = new float[pitch];
        fixed (float* change = changes, key = keys.Values, value = values.Values, toKey = keyGradient.Values, toValue = valueGradient.Values)
        {
            for (var token = 0; token < tokens; token++)
            {
                var query = queries + (long)token * stride;
                var wanted = gradient + (long)token * stride;
                var share = shares + (long)token * pitch;
                var seen = HeadPlanes<float>.RoundedUp(shape.Seen(token, tokens));
                Combine(wanted, value, change, channels, pitch, seen);
                Softened(share, change, seen, scale);
                for (var channel = 0; channel < channels; channel++)
                {
                    queryGradient[(long)token * stride + channel] = Dot(change, key + channel * pitch, seen);
                    AddScaled(toKey + channel * pitch, change, query[channel], seen);
                    AddScaled(toValue + channel * pitch, share, wanted[channel], seen);
                }
            }
        }
    }

    // Fills the scores and returns the largest.
    private static double Scores(double* query, double* keys, double* scores, int channels, int pitch, int seen)
    {
        var largest = Vector512.Create(double.NegativeInfinity);
        var whole = seen / Vector512<double>.Count * Vector512<double>.Count;
        for (var first = 0; first < seen; first += Vector512<double>.Count)
        {
            var sum = Vector512<double>.Zero;
            for (var channel = 0; channel < channels; channel++) sum += Vector512.Load(keys + channel * pitch + first) * query[channel];
            sum.Store(scores + first);
            if (first < whole) largest = Vector512.MaxNative(largest, sum);
        }

        var result = double.NegativeInfinity;
        for (var lane = 0; lane < Vector512<double>.Count; lane++) result = Math.Max(result, largest[lane]);
        for (var other = whole; other < seen; other++) result = Math.Max(result, scores[other]);
        return result;
    }

    // Both with zeros to the end of the last vector.
    private static void Share(double* weights, double total, float* shares, int seen)
    {
        var share = Vector512.Create(1 / total);
        for (var first = 0; first < HeadPlanes<float>.RoundedUp(seen); first += Vector512<float>.Count)
        {
            var (low, high) = (Vector512.Load(weights + first) * share, Vector512.Load(weights + first + Vector512<double>.Count) * share);
            Vector512.Narrow(low, high).Store(shares + first);
        }
    }

    // Scores become weights, zeros up to the end of the last vector; returns their sum.
    private static double Weights(double* scores, int seen, double largest, double factor, double steps)
    {
        var total = Vector512<double>.Zero;
        var lanes = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (var first = 0; first < HeadPlanes<float>.RoundedUp(seen); first += Vector512<double>.Count)
        {
            var weight = PowerOfTwo.Of((Vector512.Load(scores + first) - Vector512.Create(largest)) * factor);
            if (steps > 0) weight = Vector512.Floor(weight * steps + Vector512.Create(0.5));
            weight = Vector512.ConditionalSelect(Vector512.LessThan(lanes, Vector512.Create((double)(seen - first))), weight, Vector512<double>.Zero);
            weight.Store(scores + first);
            total += weight;
        }

        return Vector512.Sum(total);
    }

    private static double Dot(double* a, double* b, int count)
    {
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < count; i += Vector512<double>.Count) sum += Vector512.Load(a + i) * Vector512.Load(b + i);
        return Vector512.Sum(sum);
    }

    private static float Dot(float* a, float* b, int count)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < count; i += Vector512<float>.Count) sum += Vector512.Load(a + i) * Vector512.Load(b + i);
        return Vector512.Sum(sum);
    }

    // results[i] = sum over the channels of factors[channel] · planes[channel, i].
    private static void Combine(float* factors, float* planes, float* results, int channels, int pitch, int count)
    {
        for (var i = 0; i < count; i += Vector512<float>.Count)
        {
            var sum = Vector512<float>.Zero;
            for (var channel = 0; channel < channels; channel++) sum += Vector512.Create(factors[channel]) * Vector512.Load(planes + channel * pitch + i);
            sum.Store(results + i);
        }
    }

    // Gradients of shares become gradients of scores.
    private static void Softened(float* shares, float* changes, int count, float scale)
    {
        var mean = Vector512.Create(Dot(shares, changes, count));
        for (var i = 0; i < count; i += Vector512<float>.Count)
            (Vector512.Load(shares + i) * (Vector512.Load(changes + i) - mean) * scale).Store(changes + i);
    }

    private static void AddScaled(float* target, float* source, float factor, int count)
    {
        for (var i = 0; i < count; i += Vector512<float>.Count)
            (Vector512.Load(target + i) + Vector512.Load(source + i) * factor).Store(target + i);
    }
}
