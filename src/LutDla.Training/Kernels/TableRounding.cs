using System.Numerics;

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
