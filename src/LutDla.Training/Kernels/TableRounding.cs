namespace LutDla.Training.Kernels;

/// <summary>Table entries between training and hardware.</summary>
internal static unsafe class TableRounding
{
    /// <summary>results[i] = clamp(round(values[i])), halves to even.</summary>
    public static void Round(float* values, float* results, long count, int minimum, int maximum)
    {
        for (var i = 0L; i < count; i++) results[i] = Math.Clamp(MathF.Round(values[i]), minimum, maximum);
    }

    /// <summary>Clears the gradient of values beyond the limits: they may only come back.</summary>
    public static void Mask(float* values, float* gradient, long count, int minimum, int maximum)
    {
        for (var i = 0L; i < count; i++)
        {
            if (values[i] < minimum || values[i] > maximum) gradient[i] = 0;
        }
    }
}
