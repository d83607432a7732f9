using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LutDla.Networks.Graphs;

namespace LutDla.Networks.Kernels;

/// <summary>
/// Attention of one head of one sequence. Queries and keys are turned by their positions already. In double precision all sums of whole
/// numbers are exact, and the golden model computes the same; single precision takes a third of the time.
/// </summary>
internal static unsafe class AttentionKernel
{
    /// <summary>Tokens that the gradient takes at once. Divides the tokens of a vector, so that neighbours see the same vectors.</summary>
    private const int Block = 4;

    /// <summary>Sums of values, weighted with 2^((score - largest score) · factor), and the sums of the weights.</summary>
    /// <param name="queries">[tokens, stride], the head's first channel.</param>
    /// <param name="weightSteps">
    /// Weights are rounded to whole multiples of 1 / weightSteps and counted in them; 0 leaves them as they are.
    /// </param>
    /// <param name="shares">[tokens, Pitch], written: weights over their sum; null where nobody asks.</param>
    /// <param name="emit">Called for each token with its sums [channels] and the sum of its weights.</param>
    /// <typeparam name="T"><c>double</c> or <c>float</c>.</typeparam>
    public static void Forward<T>(
        AttentionShape shape, int tokens, float* queries, int stride, HeadPlanes<T> keys, HeadPlanes<T> values, double factor,
        double weightSteps, float* shares, TokenSums emit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (channels, pitch) = (shape.HeadChannels, keys.Pitch);
        var weights = new T[pitch];
        var (sums, queryChannels) = (new double[channels], new T[channels]);
        fixed (T* query = queryChannels, weight = weights, key = keys.Values, value = values.Values)
        {
            for (var token = 0; token < tokens; token++)
            {
                var seen = shape.Seen(token, tokens);
                for (var channel = 0; channel < channels; channel++)
                    query[channel] = T.CreateTruncating(queries[(long)token * stride + channel]);
                var largest = Scores(query, key, weight, channels, pitch, seen);
                var total = Weights(weight, seen, largest, T.CreateTruncating(factor), T.CreateTruncating(weightSteps));
                for (var channel = 0; channel < channels; channel++)
                    sums[channel] = double.CreateTruncating(Dot(weight, value + channel * pitch, seen));
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
        AttentionShape shape, int tokens, float* queries, float* gradient, int stride, HeadPlanes<float> keys, HeadPlanes<float> values,
        float* shares, float scale, float* queryGradient, HeadPlanes<float> keyGradient, HeadPlanes<float> valueGradient)
    {
        var (channels, pitch) = (shape.HeadChannels, keys.Pitch);
        var changes = new float[Block * pitch];
        // [channels, Block]; zeros stand for tokens after the last.
        var (askedChannels, wantedChannels) = (new float[channels * Block], new float[channels * Block]);
        fixed (float* change = changes, key = keys.Values, value = values.Values)
        fixed (float* toKey = keyGradient.Values, toValue = valueGradient.Values)
        fixed (float* asked = askedChannels, wanted = wantedChannels)
        {
            for (var first = 0; first < tokens; first += Block)
            {
                var count = Math.Min(Block, tokens - first);
                var seen = HeadPlanes<float>.RoundedUp(shape.Seen(first, tokens));
                Channels(queries + (long)first * stride, stride, count, asked, channels);
                Channels(gradient + (long)first * stride, stride, count, wanted, channels);
                var share = shares + (long)first * pitch;
                Combine(wanted, value, change, channels, pitch, seen);
                for (var token = 0; token < count; token++) Soften(share + (long)token * pitch, change + token * pitch, seen, scale);
                for (var channel = 0; channel < channels; channel++)
                {
                    var dots = Dots(change, key + channel * pitch, pitch, seen);
                    for (var token = 0; token < count; token++) queryGradient[(long)(first + token) * stride + channel] = dots[token];
                    AddScaled(toKey + channel * pitch, change, pitch, Block, asked + channel * Block, seen);
                    AddScaled(toValue + channel * pitch, share, pitch, count, wanted + channel * Block, seen);
                }
            }
        }
    }

    private static void Channels(float* tokens, int stride, int count, float* channelsOfTokens, int channels)
    {
        unchecked
        {
            for (var channel = 0; channel < channels; channel++)
            {
                for (var token = 0; token < Block; token++)
                    channelsOfTokens[channel * Block + token] = token < count ? tokens[(long)token * stride + channel] : 0;
            }
        }
    }

    // Fills the scores and returns the largest.
    private static T Scores<T>(T* query, T* keys, T* scores, int channels, int pitch, int seen)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        unchecked
        {
            var lowest = Vector512.Create(T.NegativeInfinity);
            var largest = lowest;
            for (var first = 0; first < seen; first += Vector512<T>.Count)
            {
                var sum = Vector512<T>.Zero;
                for (var channel = 0; channel < channels; channel++)
                    sum = MultiplyAdd(Vector512.Load(keys + channel * pitch + first), Vector512.Create(query[channel]), sum);
                sum.Store(scores + first);
                largest = Vector512.MaxNative(largest, Vector512.ConditionalSelect(Seen<T>(seen - first), sum, lowest));
            }

            var half = Vector256.MaxNative(largest.GetLower(), largest.GetUpper());
            var quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
            var result = quarter[0];
            for (var lane = 1; lane < Vector128<T>.Count; lane++) result = T.Max(result, quarter[lane]);
            return result;
        }
    }

    // The first lanes, as many as there are tokens.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Seen<T>(int tokens)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(tokens)));

    // Both with zeros to the end of the last vector.
    private static void Share<T>(T* weights, double total, float* shares, int seen)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        unchecked
        {
            for (var first = 0; first < HeadPlanes<float>.RoundedUp(seen); first += Vector512<float>.Count)
            {
                if (typeof(T) == typeof(float))
                {
                    (Vector512.Load((float*)weights + first) * (float)(1 / total)).Store(shares + first);
                }
                else
                {
                    var from = (double*)weights + first;
                    var (low, high) = (Vector512.Load(from) * (1 / total), Vector512.Load(from + Vector512<double>.Count) * (1 / total));
                    Vector512.Narrow(low, high).Store(shares + first);
                }
            }
        }
    }

    // Scores become weights, zeros up to the end of the last vector; returns their sum.
    private static double Weights<T>(T* scores, int seen, T largest, T factor, T steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        unchecked
        {
            var total = Vector512<T>.Zero;
            for (var first = 0; first < HeadPlanes<float>.RoundedUp(seen); first += Vector512<T>.Count)
            {
                var weight = Power((Vector512.Load(scores + first) - Vector512.Create(largest)) * factor);
                if (steps > T.Zero) weight = Floor(weight * steps + Vector512.Create(T.CreateTruncating(0.5)));
                weight = Vector512.ConditionalSelect(Seen<T>(seen - first), weight, Vector512<T>.Zero);
                weight.Store(scores + first);
                total += weight;
            }

            return double.CreateTruncating(Vector512.Sum(total));
        }
    }

    private static T Dot<T>(T* a, T* b, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        unchecked
        {
            var sum = Vector512<T>.Zero;
            for (var i = 0; i < count; i += Vector512<T>.Count) sum = MultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sum);
            return Vector512.Sum(sum);
        }
    }

    // rows[r] · other, of the rows of a block.
    private static Vector128<float> Dots(float* rows, float* other, int pitch, int count)
    {
        unchecked
        {
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (var i = 0; i < count; i += Vector512<float>.Count)
            {
                var row = rows + i;
                var factor = Vector512.Load(other + i);
                a = MultiplyAdd(Vector512.Load(row), factor, a);
                b = MultiplyAdd(Vector512.Load(row + pitch), factor, b);
                c = MultiplyAdd(Vector512.Load(row + 2 * pitch), factor, c);
                d = MultiplyAdd(Vector512.Load(row + 3 * pitch), factor, d);
            }

            return Vector128.Create(Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(c), Vector512.Sum(d));
        }
    }

    // results[r, i] = sum over the channels of factors[channel, r] · planes[channel, i].
    private static void Combine(float* factors, float* planes, float* results, int channels, int pitch, int count)
    {
        unchecked
        {
            for (var i = 0; i < count; i += Vector512<float>.Count)
            {
                var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                for (var channel = 0; channel < channels; channel++)
                {
                    var plane = Vector512.Load(planes + channel * pitch + i);
                    var factor = factors + channel * Block;
                    a = MultiplyAdd(Vector512.Create(factor[0]), plane, a);
                    b = MultiplyAdd(Vector512.Create(factor[1]), plane, b);
                    c = MultiplyAdd(Vector512.Create(factor[2]), plane, c);
                    d = MultiplyAdd(Vector512.Create(factor[3]), plane, d);
                }

                a.Store(results + i);
                b.Store(results + pitch + i);
                c.Store(results + 2 * pitch + i);
                d.Store(results + 3 * pitch + i);
            }
        }
    }

    // Gradients of shares become gradients of scores.
    private static void Soften(float* shares, float* changes, int count, float scale)
    {
        unchecked
        {
            var mean = Vector512.Create(Dot(shares, changes, count));
            for (var i = 0; i < count; i += Vector512<float>.Count)
                (Vector512.Load(shares + i) * (Vector512.Load(changes + i) - mean) * scale).Store(changes + i);
        }
    }

    // target[i] += sum over the rows of factors[r] · rows[r, i].
    private static void AddScaled(float* target, float* rows, int pitch, int rowCount, float* factors, int count)
    {
        unchecked
        {
            var (a, b) = (Vector512.Create(factors[0]), Vector512.Create(factors[1]));
            var (c, d) = (Vector512.Create(factors[2]), Vector512.Create(factors[3]));
            for (var i = 0; i < count; i += Vector512<float>.Count)
            {
                var row = rows + i;
                var sum = MultiplyAdd(Vector512.Load(row), a, Vector512.Load(target + i));
                if (rowCount > 1) sum = MultiplyAdd(Vector512.Load(row + pitch), b, sum);
                if (rowCount > 2) sum = MultiplyAdd(Vector512.Load(row + 2 * pitch), c, sum);
                if (rowCount > 3) sum = MultiplyAdd(Vector512.Load(row + 3 * pitch), d, sum);
                sum.Store(target + i);
            }
        }
    }

    // a · b + c. In double precision, where products of whole numbers are exact, both ways give the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Floor<T>(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Floor(x.AsSingle()).As<float, T>()
        : Vector512.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Power<T>(Vector512<T> x) => typeof(T) == typeof(float)
        ? SinglePowerOfTwo.Of(x.AsSingle()).As<float, T>()
        : Golden.Tokens.PowerOfTwo.Of(x.AsDouble()).As<double, T>();
}
