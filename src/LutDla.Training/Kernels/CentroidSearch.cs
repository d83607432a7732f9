using System.Runtime.Intrinsics;
using LutDla.Hardware;

namespace LutDla.Training.Kernels;

/// <summary>
/// The nearest centroid of many sub-vectors of one subspace; the lowest index wins a tie. Sixteen sub-vectors at a time: AVX-512 where
/// the machine has it, else the runtime's own halves of it.
/// </summary>
internal static unsafe class CentroidSearch
{
    /// <summary>Sub-vectors are padded to a multiple of this.</summary>
    public const int Lanes = 16;

    /// <summary>Distances up to this are exact in single precision, if all values are integers.</summary>
    public const long ExactDistance = 1 << 24;

    /// <summary>Finds the nearest centroid of each column.</summary>
    /// <param name="planes">[elements, columns]; columns is a multiple of <see cref="Lanes"/>.</param>
    /// <param name="centroids">[centroidCount, stride], of which the first <paramref name="elements"/> of each row count.</param>
    /// <param name="indices">[columns], written.</param>
    public static void Run(
        DistanceMetric metric, float* planes, int elements, int columns, float* centroids, int centroidCount, int stride, byte* indices)
    {
        switch (metric)
        {
            case DistanceMetric.L2:
                Run<SquaredDistance>(planes, elements, columns, centroids, centroidCount, stride, indices);
                break;
            case DistanceMetric.L1:
                Run<ManhattanDistance>(planes, elements, columns, centroids, centroidCount, stride, indices);
                break;
            case DistanceMetric.Chebyshev:
                Run<ChebyshevDistance>(planes, elements, columns, centroids, centroidCount, stride, indices);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(metric), metric, "No search is known for this metric.");
        }
    }

    private static void Run<TDistance>(
        float* planes, int elements, int columns, float* centroids, int centroidCount, int stride, byte* indices)
        where TDistance : struct, IDistance
    {
        unchecked
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var best = elements switch
                {
                    1 => Nearest1<TDistance>(planes + column, centroids, centroidCount, stride),
                    2 => Nearest2<TDistance>(planes + column, columns, centroids, centroidCount, stride),
                    4 => Nearest4<TDistance>(planes + column, columns, centroids, centroidCount, stride),
                    _ => Nearest<TDistance>(planes + column, elements, columns, centroids, centroidCount, stride),
                };
                var shorts = Vector512.Narrow(best, best).GetLower();
                Vector256.Narrow(shorts, shorts).GetLower().AsByte().Store(indices + column);
            }
        }
    }

    private static Vector512<int> Nearest<TDistance>(
        float* planes, int elements, int columns, float* centroids, int centroidCount, int stride)
        where TDistance : struct, IDistance
    {
        unchecked
        {
            var (nearest, index) = (Vector512.Create(float.MaxValue), Vector512<int>.Zero);
            for (var j = 0; j < centroidCount; j++, centroids += stride)
            {
                var distance = Vector512<float>.Zero;
                for (var t = 0; t < elements; t++)
                    distance = TDistance.Add(distance, Vector512.Load(planes + t * columns) - Vector512.Create(centroids[t]));
                Keep(ref nearest, ref index, distance, j);
            }

            return index;
        }
    }

    // The usual lengths hold their elements in registers.
    private static Vector512<int> Nearest1<TDistance>(float* planes, float* centroids, int centroidCount, int stride)
        where TDistance : struct, IDistance
    {
        unchecked
        {
            var x = Vector512.Load(planes);
            var (nearest, index) = (Vector512.Create(float.MaxValue), Vector512<int>.Zero);
            for (var j = 0; j < centroidCount; j++, centroids += stride)
                Keep(ref nearest, ref index, TDistance.Add(Vector512<float>.Zero, x - Vector512.Create(*centroids)), j);
            return index;
        }
    }

    private static Vector512<int> Nearest2<TDistance>(float* planes, int columns, float* centroids, int centroidCount, int stride)
        where TDistance : struct, IDistance
    {
        unchecked
        {
            var (x0, x1) = (Vector512.Load(planes), Vector512.Load(planes + columns));
            var (nearest, index) = (Vector512.Create(float.MaxValue), Vector512<int>.Zero);
            for (var j = 0; j < centroidCount; j++, centroids += stride)
            {
                var distance = TDistance.Add(Vector512<float>.Zero, x0 - Vector512.Create(centroids[0]));
                Keep(ref nearest, ref index, TDistance.Add(distance, x1 - Vector512.Create(centroids[1])), j);
            }

            return index;
        }
    }

    private static Vector512<int> Nearest4<TDistance>(float* planes, int columns, float* centroids, int centroidCount, int stride)
        where TDistance : struct, IDistance
    {
        unchecked
        {
            var (x0, x1) = (Vector512.Load(planes), Vector512.Load(planes + columns));
            var (x2, x3) = (Vector512.Load(planes + 2 * columns), Vector512.Load(planes + 3 * columns));
            var (nearest, index) = (Vector512.Create(float.MaxValue), Vector512<int>.Zero);
            for (var j = 0; j < centroidCount; j++, centroids += stride)
            {
                var distance = TDistance.Add(Vector512<float>.Zero, x0 - Vector512.Create(centroids[0]));
                distance = TDistance.Add(distance, x1 - Vector512.Create(centroids[1]));
                distance = TDistance.Add(distance, x2 - Vector512.Create(centroids[2]));
                Keep(ref nearest, ref index, TDistance.Add(distance, x3 - Vector512.Create(centroids[3])), j);
            }

            return index;
        }
    }

    private static void Keep(ref Vector512<float> nearest, ref Vector512<int> index, Vector512<float> distance, int j)
    {
        var nearer = Vector512.LessThan(distance, nearest);
        nearest = Vector512.ConditionalSelect(nearer, distance, nearest);
        index = Vector512.ConditionalSelect(nearer.AsInt32(), Vector512.Create(j), index);
    }
}
