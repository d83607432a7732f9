using LutDla.Networks.Kernels;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// Least squares for tables: with Z the one-hot coded indices and E what is missing to the target, the correction is
/// (Z'Z + ridge · rows / c · I)⁻¹ Z'E. It also makes up for the errors of the layers before.
/// </summary>
internal static unsafe class TableRefit
{
    private const int IterativeSteps = 60;

    /// <summary>Squared length, as a share of the first one, at which what is still missing counts as nothing.</summary>
    private const float Tolerance = 1e-8f;

    /// <summary>The correction to add to the tables.</summary>
    /// <param name="indices">[S, rows], bytes.</param>
    /// <param name="missing">[rows, out]: target minus what the tables give now.</param>
    /// <param name="directRows">Up to this many table rows, S · c, the system is solved directly: it has their square of numbers.</param>
    /// <returns>[S, c, out].</returns>
    public static Tensor Correction(LutGeometry geometry, Tensor indices, Tensor missing, double ridge, int directRows = 8192)
    {
        using var scope = NewDisposeScope();
        var rows = (int)indices.shape[1];
        var pull = ridge * rows / geometry.CentroidCount;
        var right = Transpose(geometry, indices, missing);
        var correction = geometry.SubspaceCount * geometry.CentroidCount <= directRows
            ? Direct(geometry, indices, right, pull)
            : Iterative(geometry, indices, right, pull);
        return correction.MoveToOuterDisposeScope();
    }

    private static Tensor Direct(LutGeometry geometry, Tensor indices, Tensor right, double pull)
    {
        var (subspaces, centroids) = (geometry.SubspaceCount, geometry.CentroidCount);
        var gram = empty(subspaces * centroids, subspaces * centroids);
        CoOccurrence.Count(NativeValues.Bytes(indices), NativeValues.Floats(gram), subspaces, centroids, (int)indices.shape[1]);
        gram.diagonal().add_(pull);
        var correction = cholesky_solve(right.reshape(subspaces * centroids, geometry.OutputChannels), linalg.cholesky(gram));
        return correction.reshape(subspaces, centroids, geometry.OutputChannels).contiguous();
    }

    /// <summary>
    /// By conjugate gradients, all output channels at once, preconditioned by the diagonal: how often each centroid was chosen.
    /// </summary>
    private static Tensor Iterative(LutGeometry geometry, Tensor indices, Tensor right, double pull)
    {
        var diagonal = Transpose(geometry with { OutputChannels = 1 }, indices, ones(indices.shape[1], 1)) + pull;
        var (solution, residual) = (zeros_like(right), right.clone());
        var preconditioned = residual / diagonal;
        var direction = preconditioned.clone();
        var (energy, first) = (Dot(residual, preconditioned), Dot(residual, preconditioned).sum().item<float>());
        for (var step = 0; step < IterativeSteps && energy.sum().item<float>() > Tolerance * first; step++)
        {
            using var scope = NewDisposeScope();
            var image = Transpose(geometry, indices, Product(geometry, indices, direction)) + direction * pull;
            var length = energy / Dot(direction, image).clamp_min(1e-30);
            solution.add_(direction * length);
            residual.sub_(image * length);
            var next = residual / diagonal;
            var nextEnergy = Dot(residual, next);
            direction.mul_(nextEnergy / energy.clamp_min(1e-30)).add_(next);
            energy = nextEnergy.MoveToOuterDisposeScope();
        }

        return solution;
    }

    // [1, 1, out]: of each output channel.
    private static Tensor Dot(Tensor a, Tensor b) => (a * b).sum([0, 1], keepdim: true);

    /// <summary>Z x, what tables [S, c, out] give for indices [S, rows]: [rows, out].</summary>
    public static Tensor Product(LutGeometry geometry, Tensor indices, Tensor tables)
    {
        var sums = empty(indices.shape[1], geometry.OutputChannels);
        TableSums.Gather(
            NativeValues.Bytes(indices), NativeValues.Floats(tables), NativeValues.Floats(sums), geometry.SubspaceCount,
            geometry.CentroidCount, (int)indices.shape[1], geometry.OutputChannels);
        return sums;
    }

    // Z' y: [rows, out] to [S, c, out].
    private static Tensor Transpose(LutGeometry geometry, Tensor indices, Tensor values)
    {
        var tables = empty(geometry.SubspaceCount, geometry.CentroidCount, geometry.OutputChannels);
        JointTableSums.Scatter(
            NativeValues.Bytes(indices), NativeValues.Floats(values), NativeValues.Floats(tables), geometry.SubspaceCount,
            geometry.CentroidCount, (int)indices.shape[1], geometry.OutputChannels);
        return tables;
    }
}
