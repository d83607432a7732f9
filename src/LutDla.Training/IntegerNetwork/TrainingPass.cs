using LutDla.Training.Recipe;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>What a training step does at each LUT layer besides computing it.</summary>
/// <param name="ReconstructionWeight">Weight of the reconstruction loss; 0 does not compute it.</param>
/// <param name="FollowCentroids">Moves centroids after their sub-vectors; the next step sees it.</param>
/// <param name="NormalisesBatches">Layers that can normalise their sums by the batch, instead of by multiplier and bias.</param>
/// <param name="EndsAtBlocks">Whether gradients end where residual additions are read.</param>
/// <param name="SoftTemperature">See <see cref="FineTuningOptions.SoftTemperature"/>.</param>
/// <param name="Random">Of the step.</param>
internal sealed record TrainingPass(
    double ReconstructionWeight, bool FollowCentroids, bool NormalisesBatches, bool EndsAtBlocks, double SoftTemperature, Random Random)
{
    private readonly List<Tensor> _reconstructions = [];

    public void Visit(LutMatrix matrix, Tensor images, Tensor sums, Tensor indices)
    {
        if (ReconstructionWeight > 0) _reconstructions.Add(Reconstruction(matrix, images.detach(), sums));
        if (FollowCentroids) matrix.Averages.Follow(images, indices, Random, matrix.Centroids);
    }

    /// <summary><paramref name="task"/> plus the weighted mean of the layers' reconstruction losses.</summary>
    public Tensor Loss(Tensor task)
    {
        using Scalar weight = ReconstructionWeight;
        return _reconstructions.Count == 0 ? task : task + stack(_reconstructions).mean() * weight;
    }

    /// <summary>
    /// mean((stop(hard) - soft)²) + mean((hard - stop(soft))²) over the mean square of soft, where hard is looked up and soft the exact
    /// product of the same input: the first pulls weights towards the tables, the second tables and centroids towards the weights.
    /// </summary>
    /// <remarks>Source: PIM-DL, ASPLOS 2024.</remarks>
    private static Tensor Reconstruction(LutMatrix matrix, Tensor images, Tensor hard)
    {
        var soft = ExactProduct.Forward(matrix.Geometry, images, matrix.Weight);
        using Scalar one = 1;
        var energy = soft.detach().square().mean() + one;
        return ((hard.detach() - soft).square().mean() + (hard - soft.detach()).square().mean()) / energy;
    }
}
