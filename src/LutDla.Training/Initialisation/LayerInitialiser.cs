using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Kernels;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>One layer without gradients: codebooks by k-means, tables by least squares, integer formats of both.</summary>
internal static unsafe class LayerInitialiser
{
    /// <summary>Room that tables have to grow in training, as a share of their largest entry.</summary>
    private const double TableHeadroom = 1.05;

    /// <summary>A bias may be this many table steps; a channel of nearly no weights gets coarser steps instead of a larger bias.</summary>
    public const double MaximumBias = 1 << 15;

    /// <summary>Sets all tensors of <paramref name="matrix"/>.</summary>
    /// <param name="images">Codes [count, height, width, in] that have passed through the layers before, already converted.</param>
    /// <param name="target">[count · rows an image, out]: what the layer should give, in real units, bias included.</param>
    /// <param name="sensitivity">By which rows are drawn; null: all alike.</param>
    public static void Run(
        LutMatrix matrix, FloatNetwork source, MatrixOperation op, Tensor images, Tensor target, RefitOptions options,
        RowSensitivity? sensitivity, int seed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (geometry, random) = (matrix.Geometry, new Random(seed));
        var rows = (int)target.shape[0];
        FitCentroids(matrix, images, Rows(options.KMeansRows), seed);

        var fitRows = Rows(options.Rows > 0 ? options.Rows : options.KMeansRows);
        var indices = Search(matrix, new SubVectorSample(geometry, NativeValues.Floats(images), fitRows));
        var weight = source.Tensors[op.Weight] * matrix.Input.Scale;
        var product = matrix.Centroids.bmm(LutMatrix.SubspaceWeights(weight, geometry)).contiguous();
        var wanted = target.index_select(0, tensor(Array.ConvertAll(fitRows, row => (long)row))) - source.Tensors[op.Bias];
        var missing = (wanted - TableRefit.Product(geometry, indices, product)).contiguous();
        var correction = options.Rows > 0 ? TableRefit.Correction(geometry, indices, missing, options.Ridge) : zeros_like(product);
        SetIntegerFormat(matrix, weight, product, correction, source.Tensors[op.Bias]);
        StartNormalisation(matrix, indices);

        int[] Rows(int wanted) => sensitivity?.Draw(op.Name, Math.Min(rows, wanted), random) ?? Drawn(rows, wanted, random);
    }

    private static void FitCentroids(LutMatrix matrix, Tensor images, int[] rows, int seed)
    {
        var sample = new SubVectorSample(matrix.Geometry, NativeValues.Floats(images), rows);
        KMeans.Fit(matrix.Geometry, matrix.Format.Metric, sample, seed, NativeValues.Floats(matrix.Centroids));
        matrix.Averages.Start(matrix.Centroids);
    }

    // A table step is chosen for each channel, so that its largest entry just fits.
    private static void SetIntegerFormat(LutMatrix matrix, Tensor weight, Tensor product, Tensor correction, Tensor bias)
    {
        var largest = (product + correction).abs().amax([0, 1]).data<float>().ToArray();
        var biases = bias.data<float>().ToArray();
        var wanted = largest.Select((value, n) => Math.Max(value * TableHeadroom / matrix.TableMaximum, Math.Abs(biases[n]) / MaximumBias));
        var step = matrix.SetSteps(weight, bias, [.. wanted]);
        matrix.Residual.copy_(correction / step);
        var table = product / step + matrix.Residual;
        matrix.Sizes.narrow(0, 0, 3)
            .copy_(stack([ConvertedMatrix.Size(matrix.Weight), ConvertedMatrix.Size(matrix.Centroids), ConvertedMatrix.Size(table)]));
    }

    private static void StartNormalisation(LutMatrix matrix, Tensor indices)
    {
        var table = matrix.IntegerTable(matrix.Table(matrix.IntegerCentroids()));
        var slopes = tensor(Array.ConvertAll(matrix.Slopes(), slope => (float)slope));
        matrix.Normalisation.Start(TableRefit.Product(matrix.Geometry, indices, table), slopes, matrix.Bias);
        matrix.Sizes[3] = ConvertedMatrix.Size(matrix.Normalisation.Gain);
    }

    private static int[] Drawn(int total, int wanted, Random random)
    {
        var rows = Enumerable.Range(0, total).ToArray();
        if (wanted >= total) return rows;
        random.Shuffle(rows);
        Array.Resize(ref rows, wanted);
        Array.Sort(rows);
        return rows;
    }

    private static Tensor Search(LutMatrix matrix, SubVectorSample sample)
    {
        var geometry = matrix.Geometry;
        var indices = empty([geometry.SubspaceCount, sample.Count], dtype: ScalarType.Byte);
        var (target, codebooks) = ((nint)NativeValues.Bytes(indices), (nint)NativeValues.Floats(matrix.Centroids));
        Slices.Run(geometry.SubspaceCount, (begin, end) =>
        {
            var nearest = new byte[sample.Columns];
            for (var s = begin; s < end; s++)
            {
                fixed (float* planes = sample.Planes(s))
                fixed (byte* found = nearest)
                {
                    var codebook = (float*)codebooks + (long)s * geometry.CentroidCount * geometry.VectorLength;
                    CentroidSearch.Run(
                        matrix.Format.Metric, planes, geometry.Elements(s), sample.Columns, codebook, geometry.CentroidCount,
                        geometry.VectorLength, found);
                }

                nearest.AsSpan(0, sample.Count).CopyTo(new Span<byte>((byte*)target + (long)s * sample.Count, sample.Count));
            }
        });
        return indices;
    }
}
