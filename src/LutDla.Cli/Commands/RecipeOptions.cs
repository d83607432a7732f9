using System.CommandLine;
using LutDla.Boundary;
using LutDla.Training.Recipe;

namespace LutDla.Cli.Commands;

/// <summary>How much a conversion trains, and by what numbers.</summary>
internal sealed class RecipeOptions
{
    private enum Preset
    {
        Fast,
        Full,
        Deep,
    }

    private readonly Option<Preset?> _preset = Options.OptionalChoice(
        "--preset",
        "fast has no gradients, full trains through the integer network, deep does so for networks of many layers; networks of tokens " +
        "have one recipe for both. Left out: full.",
        Enum.GetValues<Preset>(), p => p.ToString().ToLowerInvariant());

    private readonly Option<int?> _visits = Options.OptionalInteger(
        "--visits",
        "Images, or sequences, that training sees, each as often as need be; left out, what the preset has (full: 240,000; " +
        "deep: 480,000; sequences and labelled texts: 40,000).",
        0, 1_000_000_000);

    private readonly Option<int> _labels = Options.Integer(
        "--labels",
        "Percent of the training loss on logits that go by the labels; left out, none: the float network is the only teacher.",
        0, 100).WithDefault(0);

    private readonly Option<string[]> _settings = new("--set")
    {
        HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = true,
        Description = "Numbers of the preset's recipe to change, such as learning_rate=4e-3 refit.grouping_images=0; what a network or " +
            $"preset has no use for changes nothing. KEY: {string.Join(", ", RecipeSetting.Keys)}.",
    };

    public IEnumerable<Option> All => [_preset, _visits, _labels, _settings];

    /// <summary>The recipe of a network of images.</summary>
    /// <exception cref="InvalidInputException">A setting is none.</exception>
    public ConversionOptions OfImages(CommandRun run) => Change(run, (run.Find(_preset) ?? Preset.Full) switch
    {
        Preset.Fast => ConversionOptions.Fast,
        Preset.Full => ConversionOptions.Full,
        Preset.Deep => ConversionOptions.Deep,
        var preset => throw new InvalidOperationException($"The preset {preset} is not known."),
    });

    /// <summary>The recipe of a network of tokens.</summary>
    /// <param name="isLabelled">Whether sequences have labels.</param>
    /// <inheritdoc cref="OfImages" path="/exception"/>
    public ConversionOptions OfSequences(CommandRun run, bool isLabelled)
    {
        var options = isLabelled ? ConversionOptions.Texts : ConversionOptions.Tokens;
        return Change(run, run.Find(_preset) == Preset.Fast ? options with { FineTuning = FineTuningOptions.None } : options);
    }

    private ConversionOptions Change(CommandRun run, ConversionOptions options)
    {
        var tuning = options.FineTuning with
        {
            TableVisits = run.Find(_visits) ?? options.FineTuning.TableVisits, LabelShare = run.Get(_labels) / 100.0,
        };
        return RecipeSetting.Apply(options with { FineTuning = tuning }, run.Find(_settings) ?? []) with { Seed = run.Seed };
    }
}
