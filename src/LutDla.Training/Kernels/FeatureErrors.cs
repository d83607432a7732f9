using System.Runtime.Intrinsics;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>How far codes are from what they stand for, and the gradient of it, each in one pass over memory.</summary>
internal static unsafe class FeatureErrors
{
    /// <summary>Elements whose squares are added in single precision.</summary>
    private const int BlockElements = 4096;

    /// <summary>sum over i of (codes[i] · scale - targets[i])², and of targets[i]².</summary>
    /// <param name="codes">[count].</param>
    /// <param name="targets">[count].</param>
    /// <param name="scale">What one code means, in units of the targets.</param>
    public static (double Error, double Energy) Measure<T, TElement>(float* codes, T* targets, float scale, long count)
        where T : unmanaged
        where TElement : ITargetElement<T>
    {
        // Added in the order of the blocks, whatever thread took them.
        var blocks = (int)((count + BlockElements - 1) / BlockElements);
        var (errors, energies) = (new double[blocks], new double[blocks]);
        Slices.Run(blocks, (begin, end) =>
        {
            for (var b = begin; b < end; b++)
            {
                var first = (long)b * BlockElements;
                (errors[b], energies[b]) = MeasureBlock<T, TElement>(
                    codes + first, targets + first, scale, (int)Math.Min(BlockElements, count - first));
            }
        });
        return (errors.Sum(), energies.Sum());
    }

    /// <summary>results[i] = (codes[i] · scale - targets[i]) · factor.</summary>
    /// <param name="results">[count], written.</param>
    public static void Gradient<T, TElement>(float* codes, T* targets, float scale, float factor, float* results, long count)
        where T : unmanaged
        where TElement : ITargetElement<T>
    {
        Slices.Run((int)((count + BlockElements - 1) / BlockElements), (begin, end) =>
        {
            var last = Math.Min((long)end * BlockElements, count);
            var i = (long)begin * BlockElements;
            for (; i <= last - Vector512<float>.Count; i += Vector512<float>.Count)
                ((Vector512.Load(codes + i) * scale - TElement.LoadVector(targets + i)) * factor).Store(results + i);
            for (; i < last; i++) results[i] = (codes[i] * scale - TElement.Load(targets + i)) * factor;
        });
    }

    private static (double Error, double Energy) MeasureBlock<T, TElement>(float* codes, T* targets, float scale, int count)
        where T : unmanaged
        where TElement : ITargetElement<T>
    {
        var (errors, energies) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var target = TElement.LoadVector(targets + i);
            var error = Vector512.Load(codes + i) * scale - target;
            errors += error * error;
            energies += target * target;
        }

        var (errorSum, energySum) = ((double)Vector512.Sum(errors), (double)Vector512.Sum(energies));
        for (; i < count; i++)
        {
            var target = TElement.Load(targets + i);
            var error = codes[i] * scale - target;
            errorSum += error * error;
            energySum += target * target;
        }

        return (errorSum, energySum);
    }
}
