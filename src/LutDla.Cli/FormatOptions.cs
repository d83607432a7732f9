using System.CommandLine;
using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Training.Formats;

namespace LutDla.Cli;

/// <summary>
/// Into which integers a command converts: as the options say, else as the design does that shall run the result, else as
/// <c>configs/edge.json</c>.
/// </summary>
internal sealed class FormatOptions
{
    private const string LayerHelp =
        "Formats by layer, later ones win, such as linear=exact layer3.*=v8,c32,l1,t4 conv2=x2. PATTERN: a layer's name with * and ?. " +
        "FORMAT: exact or exact,wN (integer weights of N bits instead of lookups), lut (lookups), or some of vN, cN, l1|l2|chebyshev, tN " +
        "as in --vector-length, --centroids, --metric, --table-bits, xN (N lookups with codebooks of their own, added, 1 to 4), " +
        "oP (the largest P percent of the weights stay exact, such as o0.5, up to 50; wN their bits). " +
        "Layers that read the image have v1 unless a rule says otherwise; grouped convolutions are always exact.";

    private readonly Option<string?> _config = new PathOption<string?>("--config", PathUse.Stays)
    {
        HelpName = "FILE",
        Description = "Design that shall run the result, such as configs/edge.json: what the options below leave out is as it says, " +
            "and layers that it cannot run are refused.",
    };

    private readonly Option<int> _length = Options.Integer("--vector-length", "Elements of a sub-vector, v.", 1, 16).WithDefault(4);

    private readonly Option<int> _centroids = Options.Integer("--centroids", "Centroids of a codebook, c.", 2, 256).WithDefault(16);

    private readonly Option<DistanceMetric?> _metric = Options.OptionalChoice(
        "--metric", "How a sub-vector is compared with a centroid; left out: l1.", Enum.GetValues<DistanceMetric>(), CommonOptions.Spell);

    private readonly Option<int> _activationBits = Options
        .Integer("--activation-bits", "Bits of activations and centroids.", 4, 16)
        .WithDefault(8);

    private readonly Option<int> _tableBits = Options.Integer("--table-bits", "Bits of table entries.", 2, 16).WithDefault(8);

    private readonly Option<int> _weightBits = Options
        .Integer("--weight-bits", "Bits of the weights of exact layers.", 2, 16)
        .WithDefault(8);

    private readonly Option<string[]> _layers = LayerRules();

    public IEnumerable<Option> All => [_config, _length, _centroids, _metric, _activationBits, _tableBits, _weightBits, _layers];

    /// <summary>An option for rules of one format by layer each.</summary>
    public static Option<string[]> Rules(string name, string description) =>
        new(name) { HelpName = "PATTERN=FORMAT", AllowMultipleArgumentsPerToken = true, Description = description };

    /// <summary>An option for formats that layers have instead of the common one.</summary>
    public static Option<string[]> LayerRules() => Rules("--layer", LayerHelp);

    /// <summary>The format that a design runs.</summary>
    /// <param name="rules">By layer.</param>
    /// <exception cref="InvalidInputException">A rule is none.</exception>
    public static QuantisationOptions Of(Core core, IEnumerable<string> rules)
    {
        var (search, standard) = (core.Config.Similarity, new QuantisationOptions());
        return standard with
        {
            VectorLength = search.VectorLength, CentroidCount = search.Centroids, Metric = search.Metric,
            ActivationBits = search.ActivationBits, TableBits = core.Config.Matching.TableBits,
            WideBits = Math.Max(search.ActivationBits, standard.WideBits), Layers = LayerRuleList.Parse([.. rules]),
        };
    }

    /// <summary>The core that shall run the result, where a design is named.</summary>
    /// <exception cref="InvalidInputException">The design is broken.</exception>
    public Core? FindCore(CommandRun run) => run.Find(_config) is { } path ? Core.From(DesignFile.Load(path)) : null;

    /// <param name="core">As <see cref="FindCore"/> gives it.</param>
    /// <exception cref="InvalidInputException">A rule is none.</exception>
    public QuantisationOptions Get(CommandRun run, Core? core)
    {
        var (search, tables) = (core?.Config.Similarity, core?.Config.Matching);
        var activationBits = Value(_activationBits, search?.ActivationBits);
        var standard = new QuantisationOptions();
        return standard with
        {
            VectorLength = Value(_length, search?.VectorLength), CentroidCount = Value(_centroids, search?.Centroids),
            Metric = run.Find(_metric) ?? search?.Metric ?? DistanceMetric.L1,
            ActivationBits = activationBits, TableBits = Value(_tableBits, tables?.TableBits),
            WeightBits = run.Get(_weightBits), WideBits = Math.Max(activationBits, standard.WideBits),
            Layers = LayerRuleList.Parse(run.Find(_layers) ?? []),
        };

        int Value(Option<int> option, int? designed) => designed is { } value && !run.IsGiven(option) ? value : run.Get(option);
    }

    /// <summary>Options that say something else than the design, in words; the options count.</summary>
    /// <param name="core">As <see cref="FindCore"/> gives it.</param>
    public IEnumerable<string> Contradictions(CommandRun run, Core core)
    {
        var (search, tables) = (core.Config.Similarity, core.Config.Matching);
        return new[]
        {
            Note(_length, Given(_length), $"{search.VectorLength}", "similarity.vector_length"),
            Note(_centroids, Given(_centroids), $"{search.Centroids}", "similarity.centroids"),
            Note(
                _metric, run.Find(_metric) is { } metric ? CommonOptions.Spell(metric) : null, CommonOptions.Spell(search.Metric),
                "similarity.metric"),
            Note(_activationBits, Given(_activationBits), $"{search.ActivationBits}", "similarity.activation_bits"),
            Note(_tableBits, Given(_tableBits), $"{tables.TableBits}", "matching.table_bits"),
        }.OfType<string>();

        string? Given(Option<int> option) => run.IsGiven(option) ? $"{run.Get(option)}" : null;

        string? Note(Option option, string? given, string designed, string key) => given is not null && given != designed
            ? $"{option.Name} {given} is taken instead of {key} = {designed} of the design {core.Name}."
            : null;
    }
}
