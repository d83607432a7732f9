using System.Numerics;
using System.Runtime.Intrinsics;

namespace LutDla.Training.Kernels;

/// <summary>Table entries between training and hardware.</summary>
internal static unsafe class TableRounding
{
    /// <summary>results[i] = clamp(round(values[i])), halves to even.</summary>
    public static void Round(float* values, float* results, long count, int minimum, int maximum)
    {
        var (low, high) = (new Vector<float>(minimum), new Vector<float>(maximum));
        var i = 0L;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Min(Vector.Max(Vector.Round(Vector.Load(values + i)), low), high).Store(results + i);
        for (; i < count; i++) results[i] = Math.Clamp(MathF.Round(values[i]), minimum, maximum);
    }

    /// <summary>The same, as bytes; the limits fit in them.</summary>
    public static void Round(float* values, sbyte* results, long count, int minimum, int maximum)
    {
        var (low, high) = (Vector512.Create((float)minimum), Vector512.Create((float)maximum));
        var i = 0L;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var rounded = Vector512.ConvertToInt32(Vector512.Min(Vector512.Max(Vector512.Round(Vector512.Load(values + i)), low), high));
            var shorts = Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
            Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).Store(results + i);
        }

        for (; i < count; i++) results[i] = (sbyte)Math.Clamp(MathF.Round(values[i]), minimum, maximum);
    }

    /// <summary>Clears the gradient of values beyond the limits: they may only come back.</summary>
    public static void Mask(float* values, float* gradient, long count, int minimum, int maximum)
    {
        var (low, high) = (new Vector<float>(minimum), new Vector<float>(maximum));
        var i = 0L;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = Vector.Load(values + i);
            var inside = Vector.GreaterThanOrEqual(value, low) & Vector.LessThanOrEqual(value, high);
            (Vector.Load(gradient + i).As<float, int>() & inside).As<int, float>().Store(gradient + i);
        }

        for (; i < count; i++)
        {
            if (values[i] < minimum || values[i] > maximum) gradient[i] = 0;
        }
    }
}
