using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Training.IntegerNetwork;

namespace LutDla.Training.Recipe;

/// <summary>The training stages, in the order of the properties; each counts image visits, 0 leaves it out.</summary>
public sealed record FineTuningOptions
{
    private const int MaximumVisits = 1_000_000_000;

    private const int MaximumBatch = 4096;

    private const int MaximumGenerated = 1_000_000;

    private const int MaximumShift = 1024;

    /// <summary>Centroids by gradient, weights frozen.</summary>
    public int CentroidVisits { get; init; }

    /// <summary>Centroids (by gradient) and weights together, with the reconstruction loss.</summary>
    public int JointVisits { get; init; }

    /// <summary>Free tables and weights by gradient, centroids following their sub-vectors (k-means with forgetting).</summary>
    public int TableVisits { get; init; }

    /// <summary>
    /// Share, 0 to 1, of the table stage in which centroids follow; after it they rest, so that the tables learn for the centroids that
    /// stay.
    /// </summary>
    public double FollowingShare { get; init; } = 0.7;

    /// <summary>
    /// Whether sums are normalised by the batch in the table stage; at its end the running statistics become multipliers and biases. Deep
    /// networks of tables hardly learn without. It starts from the sums of the conversion: what earlier stages made of the biases is not
    /// taken over.
    /// </summary>
    public bool BatchNormalisation { get; init; }

    /// <summary>
    /// Sequences to train with besides the given ones, as the float network writes them
    /// (<see cref="Networks.Execution.SequenceGenerator"/>). Only decoders write.
    /// </summary>
    public int GeneratedSequences { get; init; }

    /// <summary>Images of a step.</summary>
    public int BatchImages { get; init; } = 64;

    /// <summary>Adam's peak rate, as a share of the typical size of the values that it moves.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Weight of the layers' reconstruction losses in the joint stage.</summary>
    public double ReconstructionWeight { get; init; } = 0.1;

    /// <summary>Divides both networks' logits in the distillation loss.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// Share, 0 to 1, of the loss on logits that goes by the labels; the rest goes by the float network's probabilities. 0 needs no labels.
    /// </summary>
    public double LabelShare { get; init; }

    /// <summary>
    /// Weight of the mean squared error of what layers read, rectified results and residual additions, each as a share of its energy,
    /// besides the distillation loss; 0 leaves it out. Deep networks learn much faster with it.
    /// </summary>
    public double FeatureWeight { get; init; }

    /// <summary>Share, 0 to 1, of the table stage, from its beginning, in which features count; then the logits alone do.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>
    /// Share, 0 to 1, of the table stage, from its beginning, in which gradients end at residual additions: blocks then learn from the loss
    /// on their features alone (block-wise reconstruction), which <see cref="FeatureWeight"/> must switch on.
    /// </summary>
    public double BlockShare { get; init; }

    /// <summary>
    /// Temperature of a soft assignment whose gradient inputs get (<see cref="SoftAssignment"/>); 0 gives them that of the exact product.
    /// L2 only.
    /// </summary>
    public double SoftTemperature { get; init; }

    /// <summary>
    /// Rate at which the logarithm of each layer's own temperature moves by gradient from <see cref="SoftTemperature"/>, as a multiple of
    /// <see cref="LearningRate"/>; 0 leaves all where they are.
    /// </summary>
    public double SoftTemperatureRate { get; init; }

    /// <summary>
    /// Less than float training has: tables learn too little rather than by heart, and shifted images were measured to cost accuracy.
    /// </summary>
    public Augmentation Augmentation { get; init; } = new(ShiftPixels: 0, Mirror: true);

    /// <summary>Examples that all stages see.</summary>
    public long Visits => (long)CentroidVisits + JointVisits + TableVisits;

    /// <summary>Steps of all stages: visits that fill no step are left out.</summary>
    public long CountSteps() => (long)StepsOf(CentroidVisits) + StepsOf(JointVisits) + StepsOf(TableVisits);

    /// <summary>No training at all.</summary>
    public static FineTuningOptions None { get; } = new();

    internal int StepsOf(int visits) => visits / BatchImages;

    internal IEnumerable<InputProblem> Problems() => OptionRange.Problems(
    [
        new("centroid_visits", CentroidVisits, 0, MaximumVisits), new("joint_visits", JointVisits, 0, MaximumVisits),
        new("table_visits", TableVisits, 0, MaximumVisits),
        new("following_share", FollowingShare, 0, 1), new("batch_images", BatchImages, 1, MaximumBatch),
        new("learning_rate", LearningRate, 0, 1),
        new("reconstruction_weight", ReconstructionWeight, 0, 1000), new("temperature", Temperature, 0.01, 100),
        new("feature_weight", FeatureWeight, 0, 1000),
        new("label_share", LabelShare, 0, 1), new("feature_share", FeatureShare, 0, 1), new("block_share", BlockShare, 0, 1),
        new("soft_temperature", SoftTemperature, 0, 1000), new("soft_temperature_rate", SoftTemperatureRate, 0, 1000),
        new("generated_sequences", GeneratedSequences, 0, MaximumGenerated),
        new("augmentation.shift_pixels", Augmentation.ShiftPixels, 0, MaximumShift),
    ]);
}
