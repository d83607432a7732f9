using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.FineTuning;

/// <summary>A mean loss.</summary>
/// <param name="Visits">Images seen so far, of all stages.</param>
public sealed record TraceLoss(string Stage, long Visits, double Loss);

/// <summary>What the integer network could do, rounding included, if training ended here.</summary>
/// <param name="Visits">Images seen so far, of all stages.</param>
/// <param name="Accuracy">0 to 1.</param>
public sealed record TraceAccuracy(string Stage, long Visits, double Accuracy);

/// <summary>
/// How training goes: its loss, and the accuracy of the integer network on some training images. These are others than the layer by layer
/// conversion saw; training sees them. To measure changes nothing of the training. Where training is taken up from its checkpoint, the
/// trace begins there.
/// </summary>
/// <param name="images">To measure on.</param>
/// <param name="steps">Between two measurements.</param>
public sealed class TrainingTrace(int images, int steps)
{
    private const int BatchImages = 100;

    /// <summary>Mean losses for each measurement.</summary>
    private const int LossesInOne = 10;

    private readonly List<TraceLoss> _losses = [];

    private readonly List<TraceAccuracy> _accuracies = [];

    private List<ExampleBatch> _batches = [];

    private double _sum;

    private int _count;

    public int Images => images;

    /// <summary>Of the float network on the same images, 0 to 1.</summary>
    public double FloatAccuracy { get; private set; }

    public IReadOnlyList<TraceLoss> Losses => _losses;

    /// <summary>The first one is from before training.</summary>
    public IReadOnlyList<TraceAccuracy> Accuracies => _accuracies;

    /// <exception cref="InvalidInputException">There is no training, there are not enough images, or the examples are none.</exception>
    internal void Check(ConversionOptions options, IExamples data)
    {
        if (options.FineTuning.CountSteps() == 0)
            throw new InvalidInputException(
                "conversion options", "trace", $"{images} images", "There is no training to follow.",
                "Choose a preset with training, and more visits than a step has.");
        if (data is not Dataset)
            throw new InvalidInputException(
                "conversion options", "trace", data.Shape, "Only networks of images can be followed.", "Convert without a trace.");
        if (options.Refit.Images + images > data.Count)
        {
            throw new InvalidInputException(
                data.Name, "images", $"{data.Count}", $"{options.Refit.Images} are converted with and {images} others measured on.",
                "Measure on fewer images.");
        }
    }

    /// <summary>Measures for the first time.</summary>
    /// <param name="step">Of the stage: more than 0 where training was taken up.</param>
    internal void Start(LutNetwork network, ConversionOptions options, IExamples data, TraceStage stage, int step)
    {
        _batches =
        [
            .. Enumerable.Range(0, images).Chunk(BatchImages).Select(
                chunk => CalibrationValues.Choose(data, chunk.Length, options.Seed, skip: options.Refit.Images + chunk[0])),
        ];
        FloatAccuracy = Accuracy(batch => network.Source.Forward(batch.Inputs(network.Source)));
        Measure(network, stage, step);
    }

    /// <summary>To be called after each step.</summary>
    /// <param name="step">Of the stage, from 0.</param>
    internal void Add(LutNetwork network, TraceStage stage, int step, double loss)
    {
        var (done, isLast) = (step + 1, step + 1 == stage.Steps);
        (_sum, _count) = (_sum + loss, _count + 1);
        if (done % Math.Max(1, steps / LossesInOne) == 0 || isLast)
        {
            _losses.Add(new(stage.Name, stage.Visits(done), _sum / _count));
            (_sum, _count) = (0, 0);
        }

        if (done % steps == 0 || isLast) Measure(network, stage, done);
    }

    private void Measure(LutNetwork network, TraceStage stage, int done)
    {
        // While the batch normalises, nothing in training reads the multipliers and biases, so they may be what they would be at the end.
        if (stage.Normalises && done > 0) network.RestNormalisation();
        var codes = network.InputCodes();
        _accuracies.Add(new(stage.Name, stage.Visits(done), Accuracy(batch => network.Forward(batch.Levels(codes)))));
    }

    private double Accuracy(Func<ExampleBatch, Tensor> forward)
    {
        using var noGradient = no_grad();
        var correct = 0L;
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            correct += Scores.OfClasses(forward(batch)).argmax(1).eq(batch.Labels()).sum().item<long>();
        }

        return (double)correct / images;
    }
}

/// <summary>A stage as the trace sees it.</summary>
/// <param name="FirstStep">How many steps the stages before it have.</param>
/// <param name="Normalises">Whether sums are normalised by the batch.</param>
internal sealed record TraceStage(string Name, int FirstStep, int Steps, int BatchImages, bool Normalises)
{
    /// <summary>Images seen after so many steps of the stage.</summary>
    public long Visits(int steps) => (long)(FirstStep + steps) * BatchImages;
}
