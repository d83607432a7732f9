using LutDla.Networks.Kernels;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// The gradient of a search as if each sub-vector took all table rows, in shares that fall with the squared distance: softmax(-d /
/// (temperature · mean of the least d)). An alternative to the gradient of the exact product.
/// </summary>
/// <remarks>B. Chen et al., "Differentiable product quantization", 2020; X. Tang et al., LUT-NN, MobiCom 2023.</remarks>
internal static unsafe class SoftAssignment
{
    /// <summary>Where all sub-vectors are centroids, the least distances are 0.</summary>
    private const double SmallestUnit = 1e-6;

    /// <summary>
    /// The gradients of the images, [count, height, width, in], and of the temperature's natural logarithm, by the soft sums.
    /// </summary>
    /// <param name="gradient">[count, out height, out width, out], of the sums.</param>
    /// <param name="images">[count, height, width, in].</param>
    /// <param name="table">[S, c, out].</param>
    /// <param name="centroids">[S, c, v].</param>
    /// <param name="movesTemperature">
    /// Whether its gradient counts, which takes longer: sub-vectors beyond the edge have a part in it.
    /// </param>
    public static (Tensor Images, double LogTemperature) Gradient(
        LutGeometry geometry, Tensor gradient, Tensor images, Tensor table, Tensor centroids, double temperature, bool movesTemperature)
    {
        var count = (int)images.shape[0];
        using var scope = NewDisposeScope();
        var (inputs, wanted) = (Blocks(images), Blocks(gradient));
        var results = zeros_like(inputs);
        var codebooks = centroids.detach().contiguous();
        float* x = NativeValues.Floats(inputs), g = NativeValues.Floats(wanted), y = NativeValues.Floats(results);
        var shares = new SoftShares(geometry, NativeValues.Floats(table), NativeValues.Floats(codebooks));
        long pitch = inputs.stride(0), wantedPitch = wanted.stride(0);
        var blocks = (int)inputs.shape[0];

        var least = Sum(blocks, b => shares.LeastDistances(x + b * pitch, Math.Min(SoftShares.Lanes, count - b * SoftShares.Lanes)));
        var unit = (float)Math.Max(SmallestUnit, temperature * least / ((double)count * geometry.RowsPerImage * geometry.SubspaceCount));
        var change = Sum(blocks, b => shares.Gradient(x + b * pitch, g + b * wantedPitch, unit, y + b * pitch, movesTemperature));
        var joined = empty(images.shape);
        LaneBlocks.Join(y, count, geometry.InputValues, NativeValues.Floats(joined));
        return (joined.MoveToOuterDisposeScope(), change);
    }

    // [blocks, values, lanes], zeros after the last image.
    private static Tensor Blocks(Tensor images)
    {
        var (count, width) = ((int)images.shape[0], (int)(images.numel() / images.shape[0]));
        long[] shape = [LaneBlocks.Count(count), width, SoftShares.Lanes];
        var blocks = count % SoftShares.Lanes == 0 ? empty(shape) : zeros(shape);
        LaneBlocks.Split(NativeValues.Floats(images), count, width, NativeValues.Floats(blocks));
        return blocks;
    }

    // Added in the order of the blocks, whatever thread took them.
    private static double Sum(int blocks, Func<int, double> part)
    {
        var parts = new double[blocks];
        Slices.Run(blocks, (begin, end) =>
        {
            for (var b = begin; b < end; b++) parts[b] = part(b);
        });
        return parts.Sum();
    }
}
