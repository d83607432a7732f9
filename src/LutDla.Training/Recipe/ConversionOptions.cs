using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;

namespace LutDla.Training.Recipe;

/// <summary>The conversion without gradients: k-means and table refit, layer after layer.</summary>
public sealed record RefitOptions
{
    /// <summary>Images that run through float and converted layers.</summary>
    public int Images { get; init; } = 800;

    /// <summary>
    /// Images by which channels are given other places, so that those that tell about each other share sub-vectors; 0 leaves them where
    /// they are, as they always are in networks of tokens.
    /// </summary>
    public int GroupingImages { get; init; }

    /// <summary>Sub-vectors of each subspace that k-means sees.</summary>
    public int KMeansRows { get; init; } = 8192;

    /// <summary>Output pixels in the least squares of the tables; 0 leaves tables as centroids times weights.</summary>
    public int Rows { get; init; } = 40_000;

    /// <summary>
    /// Whether output pixels are drawn by how much the network's result depends on them (<see cref="RowSensitivity"/>), instead of all
    /// alike. Images only.
    /// </summary>
    public bool BySensitivity { get; init; }

    /// <summary>Pull towards centroids times weights, as a share of the mean number of rows a centroid has.</summary>
    public double Ridge { get; init; } = 0.1;

    internal IEnumerable<InputProblem> Problems() => OptionRange.Problems(
    [
        new("refit.images", Images, 1, int.MaxValue), new("refit.grouping_images", GroupingImages, 0, int.MaxValue),
        new("refit.k_means_rows", KMeansRows, 1, int.MaxValue), new("refit.rows", Rows, 0, int.MaxValue),
        new("refit.ridge", Ridge, 1e-6, 1e6),
    ]);
}

/// <summary>How LUTBoost converts a network.</summary>
public sealed record ConversionOptions
{
    public QuantisationOptions Quantisation { get; init; } = new();

    public RefitOptions Refit { get; init; } = new();

    public FineTuningOptions FineTuning { get; init; } = FineTuningOptions.None;

    public int Seed { get; init; } = 1;

    /// <summary>Where a stopped training is kept and found again; null keeps nothing.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>No gradients: under a minute.</summary>
    public static ConversionOptions Fast { get; } = new();

    /// <summary>
    /// With training. A loss on features helps shorter training of small networks, and was measured to be no gain in this one.
    /// </summary>
    public static ConversionOptions Full { get; } = new() { FineTuning = new FineTuningOptions { TableVisits = 240_000 } };

    /// <summary>
    /// With training that networks of many layers need: normalised sums, a loss on features, channels in better places, softer
    /// probabilities to learn from.
    /// </summary>
    public static ConversionOptions Deep { get; } = new()
    {
        Refit = new RefitOptions { GroupingImages = 200 },
        FineTuning = new FineTuningOptions
        {
            TableVisits = 480_000, BatchNormalisation = true, LearningRate = 8e-3, Temperature = 4, FeatureWeight = 10,
        },
    };

    /// <summary>With training, for networks of tokens, whose examples are sequences.</summary>
    public static ConversionOptions Tokens { get; } = new()
    {
        Refit = new RefitOptions { Images = 60 },
        FineTuning = new FineTuningOptions
        {
            TableVisits = 40_000, GeneratedSequences = 4_000, BatchImages = 2, LearningRate = 1e-2, FeatureWeight = 10,
        },
    };

    /// <summary>With training, for networks that tell classes of texts apart.</summary>
    public static ConversionOptions Texts { get; } = new()
    {
        Refit = new RefitOptions { Images = 3_000 },
        FineTuning = new FineTuningOptions { TableVisits = 40_000, BatchImages = 32, LearningRate = 1e-2, FeatureWeight = 1 },
    };

    /// <exception cref="InvalidInputException">
    /// An option is out of its range, or does not fit <paramref name="graph"/>; holds every problem.
    /// </exception>
    internal void Check(FloatGraph graph)
    {
        InputProblem[] problems = [.. Quantisation.Problems(), .. Refit.Problems(), .. FineTuning.Problems()];
        // Formats of layers follow from options, which must be in range.
        if (problems.Length == 0) problems = [.. Quantisation.Problems(graph), .. NetworkProblems(graph)];
        if (problems.Length > 0) throw new InvalidInputException(problems);
    }

    private IEnumerable<InputProblem> NetworkProblems(FloatGraph graph)
    {
        var metrics = graph.Operations.OfType<MatrixOperation>().Select(Quantisation.FormatOf).Where(format => format.Exact is null)
            .Select(format => format.Metric);
        if (FineTuning.SoftTemperature > 0 && metrics.FirstOrDefault(metric => metric != DistanceMetric.L2) is var other
            && other != DistanceMetric.L2)
            yield return new(
                "conversion options", "soft_temperature", $"{FineTuning.SoftTemperature}", $"Soft assignment is made for L2, not {other}.",
                "Set it to 0.");
        if (FineTuning is { SoftTemperatureRate: > 0, SoftTemperature: 0 })
        {
            yield return new(
                "conversion options", "soft_temperature_rate", $"{FineTuning.SoftTemperatureRate}",
                "There is no temperature to move: soft_temperature is 0.", "Set soft_temperature, too.");
        }
        if (FineTuning is { BlockShare: > 0, FeatureWeight: 0 })
            yield return new(
                "conversion options", "block_share", $"{FineTuning.BlockShare}",
                "Blocks learn from the loss on features, whose weight is 0.", "Set feature_weight, too.");
        if (FineTuning.BlockShare > FineTuning.FeatureShare)
        {
            yield return new(
                "conversion options", "block_share", $"{FineTuning.BlockShare}",
                $"Blocks learn from the loss on features, which ends at {FineTuning.FeatureShare} (feature_share).",
                "Let it end no sooner.");
        }
        if (Refit.BySensitivity && graph.Tokens is not null)
            yield return new(
                "conversion options", "refit.by_sensitivity", "1", "Only output pixels of images can be drawn so.", "Set it to 0.");
    }
}
