using LutDla.Hardware;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Benchmarks;

/// <summary>A way to convert, against which others are held.</summary>
/// <param name="Group">What is tried out.</param>
/// <param name="Name">Unique within the group.</param>
/// <param name="Budget">Bits of an input that formats by layer may take, chosen by sensitivity; null: one format for all.</param>
internal sealed record AblationTrial(string Group, string Name, ConversionOptions Options, double? Budget = null)
{
    private const int Visits = 32_000;

    private static readonly int[] ActivationBits = [10, 6, 5, 4];

    private static readonly int[] TableBits = [12, 6, 4, 3];

    /// <summary>Formats that a layer may get within a budget.</summary>
    public static LayerRuleList Candidates { get; } = LayerRuleList.Parse(["*=v8", "*=v4", "*=v2"]);

    /// <summary>All of them, in the order of the table.</summary>
    public static IEnumerable<AblationTrial> All() =>
    [
        Untrained("k-means, tables are centroids times weights", "refit.rows=0"), Untrained("tables by least squares: the preset fast"),
        Untrained("fast, channels grouped", "refit.grouping_images=200"),
        Untrained("fast, rows drawn by sensitivity", "refit.by_sensitivity=1"),
        Split(Untrained("fast, 0.5 % of weights exact (dense and sparse)"), "*=o0.5"),
        .. Enum.GetValues<DistanceMetric>().SelectMany(Stages),
        Trained("centroids at rest", "following_share=0"), Trained("centroids following to the end", "following_share=1"),
        Trained("with a loss on features", "feature_weight=10"),
        Trained("the same, blocks alone for the first half", "feature_weight=10", "block_share=0.5"),
        Trained("sums normalised by the batch", "batch_normalisation=1"),
        Trained("the same, with a loss on features", "batch_normalisation=1", "feature_weight=10"),
        Trained("the same, and channels grouped", "batch_normalisation=1", "feature_weight=10", "refit.grouping_images=200"),
        Trained("channels grouped", "refit.grouping_images=200"), Trained("rows drawn by sensitivity", "refit.by_sensitivity=1"),
        Trained("temperature 4", "temperature=4"), Trained("half by labels", "label_share=0.5"), Trained("labels alone", "label_share=1"),
        Trained("images shifted by up to 2 pixels", "augmentation.shift_pixels=2"),
        Trained("gradient of a soft assignment, temperature 1", "soft_temperature=1"),
        Trained("the same, temperature learned", "soft_temperature=1", "soft_temperature_rate=1"),
        Trained("the same, with a loss on features", "soft_temperature=1", "soft_temperature_rate=1", "feature_weight=10"),
        Trained("four times as long", $"table_visits={4 * Visits}"),
        // At as many bits; what is not split keeps its format.
        Split(Trained("two codebooks of v = 8 instead of one of v = 4"), "*.conv?=v8,x2"),
        Split(Trained("two codebooks of v = 4"), "*=x2"), Split(Trained("0.5 % of weights exact (dense and sparse)"), "*=o0.5"),
        Trained("formats by layer, at most 1 bit") with { Budget = 1 },
        .. ActivationBits.Select(
            bits => Quantised($"activations and centroids of {bits} bits", format => format with { ActivationBits = bits })),
        .. TableBits.Select(bits => Quantised($"table entries of {bits} bits", format => format with { TableBits = bits })),
        Quantised(
            "table entries of 4 bits, 0.5 % of weights exact",
            format => format with { TableBits = 4, Layers = LayerRuleList.Parse(["*=o0.5"]) }),
    ];

    private static IEnumerable<AblationTrial> Stages(DistanceMetric metric)
    {
        AblationTrial Stage(string name, params string[] settings) =>
            With(Trained(name, settings), metric) with { Group = $"stages, {Visits} images, {metric}" };
        return
        [
            Stage("one stage: centroids and weights together", "refit.rows=0", "table_visits=0", $"joint_visits={Visits}"),
            Stage(
                "two stages: centroids, then both", "refit.rows=0", "table_visits=0", $"centroid_visits={Visits / 4}",
                $"joint_visits={Visits * 3 / 4}"),
            Stage("the same after least squares", "table_visits=0", $"centroid_visits={Visits / 4}", $"joint_visits={Visits * 3 / 4}"),
            Stage("free tables after least squares: the preset full, shorter"),
        ];
    }

    private static AblationTrial Untrained(string name, params string[] settings) =>
        new("without training", name, RecipeSetting.Apply(ConversionOptions.Fast, settings));

    private static AblationTrial Trained(string name, params string[] settings) => new(
        $"training, {Visits} images", name, RecipeSetting.Apply(ConversionOptions.Full, [$"table_visits={Visits}", .. settings]));

    private static AblationTrial Quantised(string name, Func<QuantisationOptions, QuantisationOptions> change) =>
        Untrained(name) with { Group = "bits, without training", Options = ConversionOptions.Fast with { Quantisation = change(new()) } };

    private static AblationTrial With(AblationTrial trial, DistanceMetric metric) =>
        trial with { Options = trial.Options with { Quantisation = trial.Options.Quantisation with { Metric = metric } } };

    private static AblationTrial Split(AblationTrial trial, string rule) =>
        trial with
        {
            Options = trial.Options with { Quantisation = trial.Options.Quantisation with { Layers = LayerRuleList.Parse([rule]) } },
        };
}
