using LutDla.Hardware;
using LutDla.Networks.Kernels;
using LutDla.Training.Kernels;

namespace LutDla.Training.Initialisation;

/// <summary>
/// Codebooks by k-means++: assignment in the layer's metric, update by the mean for every metric (the midrange, right for Chebyshev in
/// theory, measured nine points worse). Centroids are whole numbers, as activations are.
/// </summary>
/// <remarks>D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", 2007.</remarks>
internal static unsafe class KMeans
{
    private const int Rounds = 15;

    /// <summary>The codebooks of all subspaces.</summary>
    /// <param name="codebooks">
    /// [SubspaceCount, CentroidCount, VectorLength], written. Centroids that find no sub-vectors of their own are copies of the first.
    /// </param>
    public static void Fit(LutGeometry geometry, DistanceMetric metric, SubVectorSample sample, int seed, float* codebooks) =>
        Slices.Run(geometry.SubspaceCount, (begin, end) =>
        {
            for (var s = begin; s < end; s++)
            {
                var length = geometry.CentroidCount * geometry.VectorLength;
                var codebook = new Span<float>(codebooks + (long)s * length, length);
                codebook.Clear();
                fixed (float* planes = sample.Planes(s))
                {
                    var subspace = new Subspace(planes, geometry.Elements(s), sample.Count, sample.Columns, geometry.VectorLength, metric);
                    Fit(subspace, geometry.CentroidCount, new Random(unchecked(seed * 7919 + s)), codebook);
                }
            }
        });

    private static void Fit(Subspace subspace, int centroidCount, Random random, Span<float> codebook)
    {
        var found = Seed(subspace, centroidCount, random, codebook);
        var indices = new byte[subspace.Columns];
        for (var round = 0; round < Rounds; round++)
        {
            subspace.Assign(codebook, found, indices);
            Move(subspace, indices, found, codebook);
        }

        foreach (ref var value in codebook) value = MathF.Round(value);
        for (var j = found; j < centroidCount; j++)
            codebook[..subspace.Stride].CopyTo(codebook[(j * subspace.Stride)..]);
    }

    // Each next centroid is a sub-vector drawn with a chance proportional to its squared distance from the ones before.
    private static int Seed(Subspace subspace, int centroidCount, Random random, Span<float> codebook)
    {
        var weights = new double[subspace.Count];
        Array.Fill(weights, double.MaxValue);
        var chosen = random.Next(subspace.Count);
        for (var j = 0; j < centroidCount; j++)
        {
            subspace.Copy(chosen, codebook[(j * subspace.Stride)..]);
            var total = 0.0;
            for (var i = 0; i < weights.Length; i++)
                total += weights[i] = Math.Min(weights[i], subspace.SquaredDistance(i, codebook[(j * subspace.Stride)..]));
            if (total == 0) return j + 1;
            chosen = Draw(weights, total * random.NextDouble());
        }

        return centroidCount;
    }

    private static int Draw(double[] weights, double target)
    {
        var last = 0;
        for (var i = 0; i < weights.Length && target >= 0; i++)
        {
            if (weights[i] == 0) continue;
            (last, target) = (i, target - weights[i]);
        }

        return last;
    }

    private static void Move(Subspace subspace, byte[] indices, int centroidCount, Span<float> codebook)
    {
        var counts = new int[centroidCount];
        var sums = new double[centroidCount * subspace.Elements];
        for (var i = 0; i < subspace.Count; i++)
        {
            counts[indices[i]]++;
            for (var t = 0; t < subspace.Elements; t++) sums[indices[i] * subspace.Elements + t] += subspace.Value(i, t);
        }

        for (var j = 0; j < centroidCount; j++)
        {
            for (var t = 0; t < subspace.Elements && counts[j] > 0; t++)
                codebook[j * subspace.Stride + t] = (float)(sums[j * subspace.Elements + t] / counts[j]);
        }
    }

    /// <summary>Sub-vectors as planes [Elements, Columns], of which the first Count columns count.</summary>
    private readonly struct Subspace(float* planes, int elements, int count, int columns, int stride, DistanceMetric metric)
    {
        public int Elements { get; } = elements;

        public int Count { get; } = count;

        public int Columns { get; } = columns;

        /// <summary>Values from one centroid to the next.</summary>
        public int Stride { get; } = stride;

        public float Value(int column, int element) => planes[element * Columns + column];

        public void Copy(int column, Span<float> centroid)
        {
            for (var t = 0; t < Elements; t++) centroid[t] = Value(column, t);
        }

        public double SquaredDistance(int column, ReadOnlySpan<float> centroid)
        {
            var (sum, largest, squares) = (0.0, 0.0, 0.0);
            for (var t = 0; t < Elements; t++)
            {
                var difference = Math.Abs(Value(column, t) - centroid[t]);
                (sum, largest, squares) = (sum + difference, Math.Max(largest, difference), squares + difference * difference);
            }

            return metric switch
            {
                DistanceMetric.L2 => squares,
                DistanceMetric.L1 => sum * sum,
                DistanceMetric.Chebyshev => largest * largest,
                _ => throw new InvalidOperationException($"No distance is known for the metric {metric}."),
            };
        }

        public void Assign(ReadOnlySpan<float> codebook, int centroidCount, byte[] indices)
        {
            fixed (float* centroids = codebook)
            fixed (byte* nearest = indices)
                CentroidSearch.Run(metric, planes, Elements, Columns, centroids, centroidCount, Stride, nearest);
        }
    }
}
