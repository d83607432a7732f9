using System.CommandLine;
using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Training.Formats;

namespace LutDla.Cli;

/// <summary>Into which integers a command converts.</summary>
internal sealed class FormatOptions
{
    private const string LayerHelp =
        "Formats by layer, later ones win, such as linear=exact layer3.*=v8,c32,l1,t4 conv2=x2. PATTERN: a layer's name with * and ?. " +
        "FORMAT: exact or exact,wN (integer weights of N bits instead of lookups), lut (lookups), or some of vN, cN, l1|l2|chebyshev, tN " +
        "as in --vector-length, --centroids, --metric, --table-bits, xN (N lookups with codebooks of their own, added, 1 to 4), " +
        "oP (the largest P percent of the weights stay exact, such as o0.5, up to 50; wN their bits). " +
        "Layers that read the image have v1 unless a rule says otherwise; grouped convolutions are always exact.";

    private readonly Option<int> _length = Options.Integer("--vector-length", "Elements of a sub-vector, v.", 1, 16).WithDefault(4);

    private readonly Option<int> _centroids = Options.Integer("--centroids", "Centroids of a codebook, c.", 2, 256).WithDefault(16);

    private readonly Option<DistanceMetric> _metric = Options
        .Choice("--metric", "How a sub-vector is compared with a centroid.", Enum.GetValues<DistanceMetric>(), CommonOptions.Spell)
        .WithDefault(DistanceMetric.L2);

    private readonly Option<int> _activationBits = Options.Integer("--activation-bits", "Bits of activations and centroids.", 4, 16).WithDefault(8);

    private readonly Option<int> _tableBits = Options.Integer("--table-bits", "Bits of table entries.", 2, 16).WithDefault(8);

    private readonly Option<int> _weightBits = Options.Integer("--weight-bits", "Bits of the weights of exact layers.", 2, 16).WithDefault(8);

    private readonly Option<string[]> _layers = Rules("--layer", LayerHelp);

    public IEnumerable<Option> All => [_length, _centroids, _metric, _activationBits, _tableBits, _weightBits, _layers];

    /// <summary>An option for rules of one format by layer each.</summary>
    public static Option<string[]> Rules(string name, string description) =>
        new(name) { HelpName = "PATTERN=FORMAT", AllowMultipleArgumentsPerToken = true, Description = description };

    /// <exception cref="InvalidInputException">A rule is none.</exception>
    public QuantisationOptions Get(CommandRun run) => new()
    {
        VectorLength = run.Get(_length), CentroidCount = run.Get(_centroids), Metric = run.Get(_metric), ActivationBits = run.Get(_activationBits),
        TableBits = run.Get(_tableBits), WeightBits = run.Get(_weightBits), Layers = LayerRuleList.Parse(run.Find(_layers) ?? []),
    };
}
