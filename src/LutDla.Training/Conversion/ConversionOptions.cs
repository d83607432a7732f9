using LutDla.Hardware;
using LutDla.Training.Data;
using LutDla.Training.Networks;

namespace LutDla.Training.Conversion;

/// <summary>The integer formats of the converted network.</summary>
public sealed record QuantisationOptions
{
    /// <summary>Elements of a sub-vector, v, 1 to 16. A layer with fewer input channels takes as many as it has.</summary>
    public int VectorLength { get; init; } = 4;

    /// <summary>
    /// The same for layers that read the image. Colours of one pixel tell too much for one centroid: with 3 at v = 3, ResNet-20 was measured to lose 13 points.
    /// </summary>
    public int FirstVectorLength { get; init; } = 1;

    /// <summary>Centroids of a subspace, c, 2 to 256.</summary>
    public int CentroidCount { get; init; } = 16;

    public DistanceMetric Metric { get; init; } = DistanceMetric.L2;

    /// <summary>Bits of activations and centroids, 4 to 12 (to 16 for L1 and Chebyshev).</summary>
    public int ActivationBits { get; init; } = 8;

    /// <summary>Bits of table entries, 2 to 16.</summary>
    public int TableBits { get; init; } = 8;

    /// <summary>Bits of the weights of exact layers, 2 to 16.</summary>
    public int WeightBits { get; init; } = 8;

    /// <summary>Exceptions by layer. Grouped convolutions stay exact whatever they say.</summary>
    public LayerRuleList Layers { get; init; } = [];

    /// <summary>Bits of tensors that no LUT layer reads: what enters a residual addition, and the logits. At least the activation bits, at most 16.</summary>
    public int WideBits { get; init; } = 12;

    /// <summary>How many binary places such a tensor has more than the addition's result. One bit is left for sums that cancel.</summary>
    internal int FractionBits => Math.Max(0, WideBits - ActivationBits - 1);

    /// <summary>The format of one layer, or of a part of it.</summary>
    internal LayerFormat FormatOf(MatrixOperation op)
    {
        var format = new LayerFormat
        {
            VectorLength = op.Inputs[0] == FloatGraph.InputName ? FirstVectorLength : VectorLength, CentroidCount = CentroidCount, Metric = Metric,
            ActivationBits = ActivationBits, TableBits = TableBits, WeightBits = WeightBits,
        };
        format = Layers.Where(rule => rule.Matches(op.Layer)).Aggregate(format, (before, rule) => rule.Apply(before));
        return format with
        {
            VectorLength = Math.Min(format.VectorLength, op.InputChannels),
            Exact = op.Groups > 1 ? ExactReason.Grouped : op.Part is { IsSparse: true } ? ExactReason.Largest : format.Exact,
        };
    }

    internal IEnumerable<InputProblem> Problems()
    {
        OptionRange[] ranges =
        [
            new("vector_length", VectorLength, 1, 16), new("first_vector_length", FirstVectorLength, 1, 16), new("centroid_count", CentroidCount, 2, 256),
            new("activation_bits", ActivationBits, 4, 16), new("table_bits", TableBits, 2, 16), new("weight_bits", WeightBits, 2, 16),
            new("wide_bits", WideBits, ActivationBits, 16),
            .. Layers.SelectMany(rule => new OptionRange[]
            {
                new($"{rule}: v", rule.VectorLength ?? 1, 1, 16), new($"{rule}: c", rule.CentroidCount ?? 2, 2, 256),
                new($"{rule}: t", rule.TableBits ?? 2, 2, 16), new($"{rule}: w", rule.WeightBits ?? 2, 2, 16),
                new($"{rule}: x", rule.Copies ?? 1, 1, 4), new($"{rule}: o", (double)(rule.SparsePercent ?? 1), 0.001, 50),
            }),
        ];
        return OptionRange.Problems(ranges);
    }

    /// <summary>What does not fit the layers of <paramref name="graph"/>.</summary>
    internal IEnumerable<InputProblem> Problems(FloatGraph graph)
    {
        MatrixOperation[] layers = [.. graph.Operations.OfType<MatrixOperation>()];
        foreach (var rule in Layers.Where(rule => !layers.Any(layer => rule.Matches(layer.Name))))
        {
            yield return new InputProblem(
                "conversion options", "layers", $"{rule}", "The pattern must match a layer.", $"The layers are {string.Join(", ", layers.Select(layer => layer.Name))}.");
        }

        // Training keeps integers in single precision; the distances must be exact there.
        foreach (var layer in layers)
        {
            var format = FormatOf(layer);
            if (format.Exact is null && DistanceBounds.Maximum(format.Metric, format.ActivationBits, format.VectorLength) > Kernels.CentroidSearch.ExactDistance)
            {
                yield return new InputProblem(
                    "conversion options", "activation_bits", $"{ActivationBits}",
                    $"Distances of {format.VectorLength} elements in {format.Metric} must stay below 2^24 in conversion; {layer.Name} has larger ones.",
                    "Choose fewer activation bits.");
            }
        }
    }
}

/// <summary>The conversion without gradients: k-means and table refit, layer after layer.</summary>
public sealed record RefitOptions
{
    /// <summary>Images that run through float and converted layers.</summary>
    public int Images { get; init; } = 800;

    /// <summary>
    /// Images by which channels are given other places, so that those that tell about each other share sub-vectors; 0 leaves them where they are,
    /// as they always are in networks of tokens.
    /// </summary>
    public int GroupingImages { get; init; }

    /// <summary>Sub-vectors of each subspace that k-means sees.</summary>
    public int KMeansRows { get; init; } = 8192;

    /// <summary>Output pixels in the least squares of the tables; 0 leaves tables as centroids times weights.</summary>
    public int Rows { get; init; } = 40_000;

    /// <summary>
    /// Whether output pixels are drawn by how much the network's result depends on them (<see cref="RowSensitivity"/>), instead of all alike. Images only.
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

    /// <summary>Share, 0 to 1, of the table stage in which centroids follow; after it they rest, so that the tables learn for the centroids that stay.</summary>
    public double FollowingShare { get; init; } = 0.7;

    /// <summary>
    /// Whether sums are normalised by the batch in the table stage; at its end the running statistics become multipliers and biases. Deep networks of tables
    /// hardly learn without. It starts from the sums of the conversion: what earlier stages made of the biases is not taken over.
    /// </summary>
    public bool BatchNormalisation { get; init; }

    /// <summary>
    /// Sequences to train with besides the given ones, as the float network writes them (<see cref="Networks.SequenceGenerator"/>). Only decoders write.
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

    /// <summary>Share, 0 to 1, of the loss on logits that goes by the labels; the rest goes by the float network's probabilities. 0 needs no labels.</summary>
    public double LabelShare { get; init; }

    /// <summary>
    /// Weight of the mean squared error of what layers read, rectified results and residual additions, each as a share of its energy, besides the distillation
    /// loss; 0 leaves it out. Deep networks learn much faster with it.
    /// </summary>
    public double FeatureWeight { get; init; }

    /// <summary>Share, 0 to 1, of the table stage, from its beginning, in which features count; then the logits alone do.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>
    /// Share, 0 to 1, of the table stage, from its beginning, in which gradients end at residual additions: blocks then learn from the loss on their features alone
    /// (block-wise reconstruction), which <see cref="FeatureWeight"/> must switch on.
    /// </summary>
    public double BlockShare { get; init; }

    /// <summary>
    /// Temperature of a soft assignment whose gradient inputs get (<see cref="SoftAssignment"/>); 0 gives them that of the exact product. L2 only.
    /// </summary>
    public double SoftTemperature { get; init; }

    /// <summary>
    /// Rate at which the logarithm of each layer's own temperature moves by gradient from <see cref="SoftTemperature"/>, as a multiple of <see cref="LearningRate"/>;
    /// 0 leaves all where they are.
    /// </summary>
    public double SoftTemperatureRate { get; init; }

    /// <summary>Less than float training has: tables learn too little rather than by heart, and shifted images were measured to cost accuracy.</summary>
    public Augmentation Augmentation { get; init; } = new(ShiftPixels: 0, Mirror: true);

    /// <summary>No training at all.</summary>
    public static FineTuningOptions None { get; } = new();

    internal IEnumerable<InputProblem> Problems() => OptionRange.Problems(
    [
        new("centroid_visits", CentroidVisits, 0, MaximumVisits), new("joint_visits", JointVisits, 0, MaximumVisits), new("table_visits", TableVisits, 0, MaximumVisits),
        new("following_share", FollowingShare, 0, 1), new("batch_images", BatchImages, 1, MaximumBatch), new("learning_rate", LearningRate, 0, 1),
        new("reconstruction_weight", ReconstructionWeight, 0, 1000), new("temperature", Temperature, 0.01, 100),
        new("feature_weight", FeatureWeight, 0, 1000),
        new("label_share", LabelShare, 0, 1), new("feature_share", FeatureShare, 0, 1), new("block_share", BlockShare, 0, 1),
        new("soft_temperature", SoftTemperature, 0, 1000), new("soft_temperature_rate", SoftTemperatureRate, 0, 1000),
        new("generated_sequences", GeneratedSequences, 0, MaximumGenerated),
        new("augmentation.shift_pixels", Augmentation.ShiftPixels, 0, MaximumShift),
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

    /// <summary>With training. A loss on features helps shorter training of small networks, and was measured to be no gain in this one.</summary>
    public static ConversionOptions Full { get; } = new() { FineTuning = new FineTuningOptions { TableVisits = 240_000 } };

    /// <summary>With training that networks of many layers need: normalised sums, a loss on features, channels in better places, softer probabilities to learn from.</summary>
    public static ConversionOptions Deep { get; } = new()
    {
        Refit = new RefitOptions { GroupingImages = 200 },
        FineTuning = new FineTuningOptions { TableVisits = 480_000, BatchNormalisation = true, LearningRate = 8e-3, Temperature = 4, FeatureWeight = 10 },
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

    /// <exception cref="InvalidInputException">An option is out of its range, or does not fit <paramref name="graph"/>; holds every problem.</exception>
    internal void Check(FloatGraph graph)
    {
        InputProblem[] problems = [.. Quantisation.Problems(), .. Refit.Problems(), .. FineTuning.Problems()];
        // Formats of layers follow from options, which must be in range.
        if (problems.Length == 0) problems = [.. Quantisation.Problems(graph), .. Unsuited(graph)];
        if (problems.Length > 0) throw new InvalidInputException(problems);
    }

    private IEnumerable<InputProblem> Unsuited(FloatGraph graph)
    {
        var metrics = graph.Operations.OfType<MatrixOperation>().Select(Quantisation.FormatOf).Where(format => format.Exact is null).Select(format => format.Metric);
        if (FineTuning.SoftTemperature > 0 && metrics.FirstOrDefault(metric => metric != DistanceMetric.L2) is var other && other != DistanceMetric.L2)
            yield return new("conversion options", "soft_temperature", $"{FineTuning.SoftTemperature}", $"Soft assignment is made for L2, not {other}.", "Set it to 0.");
        if (FineTuning is { SoftTemperatureRate: > 0, SoftTemperature: 0 })
        {
            yield return new(
                "conversion options", "soft_temperature_rate", $"{FineTuning.SoftTemperatureRate}", "There is no temperature to move: soft_temperature is 0.",
                "Set soft_temperature, too.");
        }
        if (FineTuning is { BlockShare: > 0, FeatureWeight: 0 })
            yield return new("conversion options", "block_share", $"{FineTuning.BlockShare}", "Blocks learn from the loss on features, whose weight is 0.", "Set feature_weight, too.");
        if (FineTuning.BlockShare > FineTuning.FeatureShare)
        {
            yield return new(
                "conversion options", "block_share", $"{FineTuning.BlockShare}", $"Blocks learn from the loss on features, which ends at {FineTuning.FeatureShare} (feature_share).",
                "Let it end no sooner.");
        }
        if (Refit.BySensitivity && graph.Tokens is not null)
            yield return new("conversion options", "refit.by_sensitivity", "1", "Only output pixels of images can be drawn so.", "Set it to 0.");
    }
}
