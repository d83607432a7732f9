using System.Numerics;

namespace LutDla.Training.Kernels;

/// <summary>The numbers of one Adam step, the same for all elements of a tensor.</summary>
/// <param name="Rate">Learning rate, divided by the first moment's bias correction.</param>
/// <param name="SecondBias">The second moment's bias correction.</param>
/// <param name="Kept">What weight decay leaves of a value.</param>
internal readonly record struct AdamStep(float Rate, float SecondBias, float Kept);

/// <summary>Adam's update in one pass over memory.</summary>
internal static unsafe class AdamKernel
{
    private const float FirstMomentum = 0.9f;

    private const float SecondMomentum = 0.999f;

    private const float Epsilon = 1e-8f;

    /// <summary>Moves values and moments, and clears the gradient; all are [count].</summary>
    public static void Run(float* values, float* gradient, float* first, float* second, long count, AdamStep step)
    {
        var i = 0L;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = Vector.Load(gradient + i);
            var m = Vector.Load(first + i) * FirstMomentum + g * (1 - FirstMomentum);
            var v = Vector.Load(second + i) * SecondMomentum + g * g * (1 - SecondMomentum);
            var move = m * step.Rate / (Vector.SquareRoot(v / step.SecondBias) + new Vector<float>(Epsilon));
            m.Store(first + i);
            v.Store(second + i);
            (Vector.Load(values + i) * step.Kept - move).Store(values + i);
            Vector<float>.Zero.Store(gradient + i);
        }

        for (; i < count; i++)
        {
            first[i] = first[i] * FirstMomentum + gradient[i] * (1 - FirstMomentum);
            second[i] = second[i] * SecondMomentum + gradient[i] * gradient[i] * (1 - SecondMomentum);
            values[i] = values[i] * step.Kept - first[i] * step.Rate / (MathF.Sqrt(second[i] / step.SecondBias) + Epsilon);
            gradient[i] = 0;
        }
    }

    /// <summary>The step numbered from 0.</summary>
    public static AdamStep Step(int step, double rate, double decay) => new(
        (float)(rate / (1 - Math.Pow(FirstMomentum, step + 1))), (float)(1 - Math.Pow(SecondMomentum, step + 1)), (float)(1 - decay));
}
