using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>
/// Least squares for tables: with Z the one-hot coded indices and E what is missing to the target, the correction is
/// (Z'Z + ridge · rows / c · I)⁻¹ Z'E. It also makes up for the errors of the layers before.
/// </summary>
internal static unsafe class TableRefit
{
    /// <summary>The correction to add to the tables.</summary>
    /// <param name="indices">[S, rows], bytes.</param>
    /// <param name="missing">[rows, out]: target minus what the tables give now.</param>
    /// <returns>[S, c, out].</returns>
    public static Tensor Correction(LutGeometry geometry, Tensor indices, Tensor missing, double ridge)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (subspaces, centroids, channels) = (geometry.SubspaceCount, geometry.CentroidCount, geometry.OutputChannels);
        var rows = (int)indices.shape[1];
        var gram = empty(subspaces * centroids, subspaces * centroids);
        CoOccurrence.Count(NativeValues.Bytes(indices), NativeValues.Floats(gram), subspaces, centroids, rows);
        gram.diagonal().add_(ridge * rows / centroids);
        var right = empty(subspaces, centroids, channels);
        TableSums.Scatter(
            NativeValues.Bytes(indices), NativeValues.Floats(missing), NativeValues.Floats(right), subspaces, centroids, rows, channels);
        var correction = cholesky_solve(right.reshape(subspaces * centroids, channels), linalg.cholesky(gram));
        return correction.reshape(subspaces, centroids, channels).contiguous().MoveToOuterDisposeScope();
    }
}
