using LutDla.Networks.Data;
using LutDla.Networks.Definitions;

namespace LutDla.Training.FloatTraining;

/// <summary>How a float network is trained.</summary>
public sealed record FloatTrainingOptions
{
    public required Architecture Architecture { get; init; }

    /// <summary>How often each image is seen; 0 leaves the random weights.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>Images of a step.</summary>
    public int BatchImages { get; init; } = 128;

    /// <summary>Adam's peak learning rate.</summary>
    public double LearningRate { get; init; } = 3e-3;

    public double WeightDecay { get; init; } = 0.05;

    /// <summary>The share of the label that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; } = 0.05;

    public Augmentation Augmentation { get; init; } = new(ShiftPixels: 2, Mirror: true);

    /// <summary>Determines weights, order and augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Where the run is kept after every epoch and when it is cancelled; a run that finds its own file there goes on with it.
    /// Null keeps nothing.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// What the networks in <c>networks/</c> were trained with; the larger ones take more epochs. LeNet-5 has no normalisation and so takes
    /// a smaller rate.
    /// </summary>
    public static FloatTrainingOptions For(Architecture architecture) => architecture switch
    {
        Architecture.LeNet5 =>
            new() { Architecture = architecture, Epochs = 30, LearningRate = 2e-3, WeightDecay = 0.02, LabelSmoothing = 0.02 },
        Architecture.Encoder => new()
        {
            Architecture = architecture, Epochs = 30, BatchImages = 64, LearningRate = 2e-3, WeightDecay = 0.1,
            Augmentation = Augmentation.None with { HiddenShare = 0.15 },
        },
        Architecture.Decoder => new()
        {
            Architecture = architecture, Epochs = 20, BatchImages = 8, LearningRate = 3e-3, WeightDecay = 0.1, LabelSmoothing = 0,
            Augmentation = Augmentation.None,
        },
        Architecture.ResNet8 => new() { Architecture = architecture, Epochs = 20 },
        _ => new() { Architecture = architecture, Epochs = 60 },
    };

    /// <summary>Everything that determines the result.</summary>
    internal string Origin(IExamples data) =>
        $"{this with { CheckpointPath = null }} on {data.Name}, {data.Count} {(data is Dataset ? "images" : "sequences")}";
}
