using LutDla.Networks.Kernels;
using LutDla.Training.Initialisation;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// Centroids as running means of the sub-vectors that choose them: k-means that forgets. Following the sub-vectors so was measured better
/// than moving centroids by gradient, which drifts.
/// </summary>
internal sealed unsafe class CentroidAverages(LutGeometry geometry)
{
    /// <summary>Steps of training from one look at the sub-vectors to the next: centroids move slowly, and looking takes time.</summary>
    public const int Interval = 4;

    /// <summary>What a look leaves of the earlier counts and sums.</summary>
    private const float Memory = 0.96f;

    /// <summary>Output pixels that a look takes in.</summary>
    private const int StepRows = 512;

    /// <summary>Below it a centroid is forgotten and its mean would be noise.</summary>
    private const float SmallestCount = 1e-3f;

    /// <summary>[S, c].</summary>
    public Tensor Counts { get; } = zeros(geometry.SubspaceCount, geometry.CentroidCount);

    /// <summary>[S, c, v].</summary>
    public Tensor Sums { get; } = zeros(geometry.SubspaceCount, geometry.CentroidCount, geometry.VectorLength);

    /// <summary>Starts as if <paramref name="centroids"/> had been the means for long.</summary>
    public void Start(Tensor centroids)
    {
        using var noGradient = no_grad();
        Counts.fill_(StepRows / (1 - Memory) / geometry.CentroidCount);
        Sums.copy_(centroids * Counts.unsqueeze(-1));
    }

    /// <summary>Takes in some rows of a batch and moves <paramref name="centroids"/> to the means.</summary>
    /// <param name="images">[count, height, width, in].</param>
    /// <param name="indices">[S, rows].</param>
    public void Follow(Tensor images, Tensor indices, Random random, Tensor centroids)
    {
        var total = (int)indices.shape[1];
        var rows = new int[StepRows];
        for (var i = 0; i < rows.Length; i++) rows[i] = random.Next(total);
        Forget(Counts);
        Forget(Sums);
        Add(new SubVectorSample(geometry, NativeValues.Floats(images), rows), rows, NativeValues.Bytes(indices), total);
        Move(NativeValues.Floats(centroids));
    }

    private void Move(float* centroids)
    {
        var counts = NativeValues.Floats(Counts);
        var sums = NativeValues.Floats(Sums);
        for (var i = 0L; i < Sums.numel(); i++)
        {
            var count = counts[i / geometry.VectorLength];
            if (count > SmallestCount) centroids[i] = sums[i] / count;
        }
    }

    private static void Forget(Tensor values)
    {
        var memory = NativeValues.Floats(values);
        for (var i = 0L; i < values.numel(); i++) memory[i] *= Memory;
    }

    private void Add(SubVectorSample sample, int[] rows, byte* indices, int total)
    {
        var counts = NativeValues.Floats(Counts);
        var sums = NativeValues.Floats(Sums);
        for (var s = 0; s < geometry.SubspaceCount; s++)
        {
            var planes = sample.Planes(s);
            for (var i = 0; i < rows.Length; i++)
            {
                var centroid = s * geometry.CentroidCount + indices[(long)s * total + rows[i]];
                counts[centroid]++;
                for (var t = 0; t < geometry.VectorLength; t++)
                    sums[centroid * geometry.VectorLength + t] += planes[t * sample.Columns + i];
            }
        }
    }
}
