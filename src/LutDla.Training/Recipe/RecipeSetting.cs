using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Training.Recipe;

/// <summary>
/// A number of the recipe, to be changed by name: <c>learning_rate=4e-3</c>. Switches are 0 or 1. Ranges are those of
/// <see cref="ConversionOptions.Check"/>.
/// </summary>
public sealed record RecipeSetting
{
    private static readonly RecipeSetting[] Known =
    [
        Whole("refit.images", (options, value) => options with { Refit = options.Refit with { Images = value } }),
        Whole("refit.grouping_images", (options, value) => options with { Refit = options.Refit with { GroupingImages = value } }),
        Whole("refit.k_means_rows", (options, value) => options with { Refit = options.Refit with { KMeansRows = value } }),
        Whole("refit.rows", (options, value) => options with { Refit = options.Refit with { Rows = value } }),
        Real("refit.ridge", (options, value) => options with { Refit = options.Refit with { Ridge = value } }),
        Switch("refit.by_sensitivity", (options, value) => options with { Refit = options.Refit with { BySensitivity = value } }),
        TunedWhole("centroid_visits", (tuning, value) => tuning with { CentroidVisits = value }),
        TunedWhole("joint_visits", (tuning, value) => tuning with { JointVisits = value }),
        TunedWhole("table_visits", (tuning, value) => tuning with { TableVisits = value }),
        Tuning("following_share", (tuning, value) => tuning with { FollowingShare = value }),
        TunedSwitch("batch_normalisation", (tuning, value) => tuning with { BatchNormalisation = value }),
        TunedWhole("generated_sequences", (tuning, value) => tuning with { GeneratedSequences = value }),
        TunedWhole("batch_images", (tuning, value) => tuning with { BatchImages = value }),
        Tuning("learning_rate", (tuning, value) => tuning with { LearningRate = value }),
        Tuning("reconstruction_weight", (tuning, value) => tuning with { ReconstructionWeight = value }),
        Tuning("temperature", (tuning, value) => tuning with { Temperature = value }),
        Tuning("feature_weight", (tuning, value) => tuning with { FeatureWeight = value }),
        Tuning("feature_share", (tuning, value) => tuning with { FeatureShare = value }),
        Tuning("block_share", (tuning, value) => tuning with { BlockShare = value }),
        Tuning("soft_temperature", (tuning, value) => tuning with { SoftTemperature = value }),
        Tuning("soft_temperature_rate", (tuning, value) => tuning with { SoftTemperatureRate = value }),
        Tuning("label_share", (tuning, value) => tuning with { LabelShare = value }),
        TunedWhole(
            "augmentation.shift_pixels",
            (tuning, value) => tuning with { Augmentation = tuning.Augmentation with { ShiftPixels = value } }),
        TunedSwitch("augmentation.mirror", (tuning, value) => tuning with { Augmentation = tuning.Augmentation with { Mirror = value } }),
    ];

    private RecipeSetting(
        string key, double minimum, double maximum, bool isWhole, Func<ConversionOptions, double, ConversionOptions> change) =>
        (Key, Minimum, Maximum, IsWhole, Change) = (key, minimum, maximum, isWhole, change);

    /// <summary>The names, as messages of <see cref="ConversionOptions.Check"/> have them.</summary>
    public static IEnumerable<string> Keys => Known.Select(setting => setting.Key);

    private string Key { get; }

    private double Minimum { get; }

    private double Maximum { get; }

    private bool IsWhole { get; }

    private Func<ConversionOptions, double, ConversionOptions> Change { get; }

    /// <summary><paramref name="options"/> with <paramref name="assignments"/> of the form KEY=VALUE, later ones winning.</summary>
    /// <exception cref="InvalidInputException">An assignment is none, or its value no number of its kind; holds every problem.</exception>
    public static ConversionOptions Apply(ConversionOptions options, IEnumerable<string> assignments)
    {
        var problems = new List<InputProblem>();
        foreach (var assignment in assignments)
        {
            var (key, text) = assignment.Split('=', 2) is [var left, var right] ? (left, right) : (assignment, "");
            if (Array.Find(Known, setting => setting.Key == key) is not { } setting)
                problems.Add(
                    new(
                        "recipe", key, text, "There is no such setting.",
                        $"{Spelling.Suggest(key, Keys, "")} Settings: {string.Join(", ", Keys)}.".TrimStart()));
            else if (setting.Parse(text) is { } value)
                options = setting.Change(options, value);
            else
                problems.Add(new("recipe", key, text, setting.Rule, $"Write {key}=NUMBER."));
        }

        return problems.Count == 0 ? options : throw new InvalidInputException(problems);
    }

    private string Rule => IsWhole ? $"It must be a whole number from {Minimum:F0} to {Maximum:F0}." : "It must be a number.";

    private double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= Minimum && value <= Maximum
        && (!IsWhole || value == Math.Floor(value)) ? value : null;

    private static RecipeSetting Real(string key, Func<ConversionOptions, double, ConversionOptions> change) =>
        new(key, double.MinValue, double.MaxValue, isWhole: false, change);

    private static RecipeSetting Whole(string key, Func<ConversionOptions, int, ConversionOptions> change) =>
        new(key, 0, int.MaxValue, isWhole: true, (options, value) => change(options, (int)value));

    private static RecipeSetting Tuning(string key, Func<FineTuningOptions, double, FineTuningOptions> change) =>
        Real(key, (options, value) => options with { FineTuning = change(options.FineTuning, value) });

    private static RecipeSetting TunedWhole(string key, Func<FineTuningOptions, int, FineTuningOptions> change) =>
        Whole(key, (options, value) => options with { FineTuning = change(options.FineTuning, value) });

    private static RecipeSetting TunedSwitch(string key, Func<FineTuningOptions, bool, FineTuningOptions> change) =>
        Switch(key, (options, value) => options with { FineTuning = change(options.FineTuning, value) });

    private static RecipeSetting Switch(string key, Func<ConversionOptions, bool, ConversionOptions> change) =>
        new(key, 0, 1, isWhole: true, (options, value) => change(options, value != 0));
}
