using System.Runtime.Intrinsics;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>The rescale steps of docs/arithmetic.md, section 5, exact for integers held in single precision.</summary>
internal static unsafe class Rescaling
{
    /// <summary>
    /// outputs[m, n] = clamp(round((sums[m, n] + bias[n]) · multiplier[n] / 2^shift[n])). In double precision every step is exact: sums
    /// below 2^24 times 16 bits is below 2^41, and dividing by a power of two only moves the exponent.
    /// </summary>
    /// <param name="slope">[channels]: multiplier / 2^shift.</param>
    public static void Channels(
        float* sums, float* bias, double* slope, float* outputs, int rows, int channels, int minimum, int maximum) =>
        Slices.Run(rows, (begin, end) =>
        {
            for (var m = begin; m < end; m++)
            {
                var row = sums + (long)m * channels;
                var result = outputs + (long)m * channels;
                var n = 0;
                for (; n <= channels - Vector512<double>.Count; n += Vector512<double>.Count)
                {
                    var sum = Vector256.Load(row + n) + Vector256.Load(bias + n);
                    var scaled = Widen(sum) * Vector512.Load(slope + n);
                    Narrow(Clamp(Round(scaled), minimum, maximum)).Store(result + n);
                }

                for (; n < channels; n++) result[n] = (float)Math.Clamp(Round((row[n] + bias[n]) * slope[n]), minimum, maximum);
            }
        });

    /// <summary>outputs[i] = clamp(round(a[i] · slopeA + b[i] · slopeB)), both slopes whole multiples of one power of two.</summary>
    public static void Sum(float* a, float* b, double slopeA, double slopeB, float* outputs, int count, int minimum, int maximum) =>
        Slices.Run(count, (begin, end) =>
        {
            var i = begin;
            for (; i <= end - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                var sum = Widen(Vector256.Load(a + i)) * slopeA + Widen(Vector256.Load(b + i)) * slopeB;
                Narrow(Clamp(Round(sum), minimum, maximum)).Store(outputs + i);
            }

            for (; i < end; i++) outputs[i] = (float)Math.Clamp(Round(a[i] * slopeA + b[i] * slopeB), minimum, maximum);
        });

    /// <summary>
    /// The gradient of the sums: gradients[m, n] · slope[n] where outputs[m, n] lies between the clamps, else 0. Rounding counts as the
    /// identity.
    /// </summary>
    /// <param name="results">[rows, channels], written.</param>
    public static void ChannelsGradient(
        float* outputs, float* gradients, double* slope, float* results, int rows, int channels, int minimum, int maximum) =>
        Slices.Run(rows, (begin, end) =>
        {
            var (low, high) = (Vector256.Create((float)minimum), Vector256.Create((float)maximum));
            for (var m = (long)begin; m < end; m++)
            {
                var output = outputs + m * channels;
                var gradient = gradients + m * channels;
                var result = results + m * channels;
                var n = 0;
                for (; n <= channels - Vector256<float>.Count; n += Vector256<float>.Count)
                {
                    var value = Vector256.Load(output + n);
                    var inside = Vector256.GreaterThan(value, low) & Vector256.LessThan(value, high);
                    (Vector256.Load(gradient + n) * Narrow(Vector512.Load(slope + n)) & inside).Store(result + n);
                }

                for (; n < channels; n++) result[n] = output[n] > minimum && output[n] < maximum ? gradient[n] * (float)slope[n] : 0;
            }
        });

    /// <summary>The gradients of both summands: gradients[i] · slope where outputs[i] lies between the clamps, else 0.</summary>
    /// <param name="a">[count], written.</param>
    /// <param name="b">[count], written.</param>
    public static void SumGradient(
        float* outputs, float* gradients, float slopeA, float slopeB, float* a, float* b, int count, int minimum, int maximum) =>
        Slices.Run(count, (begin, end) =>
        {
            var (low, high) = (Vector512.Create((float)minimum), Vector512.Create((float)maximum));
            var i = begin;
            for (; i <= end - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                var value = Vector512.Load(outputs + i);
                var gradient = Vector512.Load(gradients + i) & Vector512.GreaterThan(value, low) & Vector512.LessThan(value, high);
                (gradient * slopeA).Store(a + i);
                (gradient * slopeB).Store(b + i);
            }

            for (; i < end; i++)
            {
                var gradient = outputs[i] > minimum && outputs[i] < maximum ? gradients[i] : 0;
                (a[i], b[i]) = (gradient * slopeA, gradient * slopeB);
            }
        });

    // Half away from zero.
    private static double Round(double value) => Math.CopySign(Math.Floor(Math.Abs(value) + 0.5), value);

    private static Vector512<double> Round(Vector512<double> value)
    {
        var sign = value & Vector512.Create(-0.0);
        return Vector512.Floor(Vector512.Abs(value) + Vector512.Create(0.5)) | sign;
    }

    private static Vector512<double> Clamp(Vector512<double> value, int minimum, int maximum) =>
        Vector512.Min(Vector512.Max(value, Vector512.Create((double)minimum)), Vector512.Create((double)maximum));

    private static Vector512<double> Widen(Vector256<float> value)
    {
        var (lower, upper) = Vector256.Widen(value);
        return Vector512.Create(lower, upper);
    }

    private static Vector256<float> Narrow(Vector512<double> value) => Vector256.Narrow(value.GetLower(), value.GetUpper());
}
