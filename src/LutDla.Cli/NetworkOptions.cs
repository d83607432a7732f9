using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;

namespace LutDla.Cli;

/// <summary>Which float network a command works on.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string> _weights = Options.Path(
        "--weights", PathUse.Stays, "FILE",
        "Float network: as lutdla train writes it, an image classifier as ONNX, or, with --architecture, published PyTorch weights.");

    /// <param name="isRequired">Every use of the command needs one.</param>
    public NetworkOptions(bool isRequired = true) => _weights.Required = isRequired;

    public bool IsGiven(CommandRun run) => run.IsGiven(_weights);

    private readonly Option<Architecture?> _architecture = Architecture();

    private readonly Option<float[]> _mean = Numbers(
        "--mean", "For ONNX and published weights: subtracted from byte / 255, a number for each channel; left out: 0.");

    private readonly Option<float[]> _deviation = Numbers(
        "--deviation", "For these, too: what is left is divided by it, a number for each channel; left out: 1.");

    /// <summary>An option for the network that published weights belong to.</summary>
    public static Option<Architecture?> Architecture() => Options.OptionalChoice(
        "--architecture", "For published weights: which network they belong to.", PublishedWeights.Architectures, Architectures.Name);

    /// <summary>Of the file.</summary>
    public string Path(CommandRun run) => run.Get(_weights);

    public IEnumerable<Option> All => [_weights, .. OfImages];

    /// <summary>What says more of a network that takes images.</summary>
    public IEnumerable<Option> OfImages => [_architecture, _mean, _deviation];

    /// <param name="data">The images that the network shall take.</param>
    /// <exception cref="InvalidInputException">The file is broken or no such network.</exception>
    public FloatNetwork Read(CommandRun run, Dataset data)
    {
        var (mean, deviation) = (run.Find(_mean) ?? [], run.Find(_deviation) ?? []);
        if (data.Meaning is not null && mean.Length + deviation.Length > 0)
        {
            throw new InvalidInputException(
                "command line", "--mean, --deviation", data.Name, "The examples are numbers that the network takes, no bytes.",
                "Leave them out, or give bytes.");
        }

        return NetworkFile.Read(run.Get(_weights), data, run.Find(_architecture), [.. mean], [.. deviation]);
    }

    /// <inheritdoc cref="NetworkFile.ReadTokens"/>
    public FloatNetwork ReadTokens(CommandRun run) => NetworkFile.ReadTokens(run.Get(_weights));

    // With spaces or commas between them.
    private static Option<float[]> Numbers(string name, string description) => new(name)
    {
        HelpName = "NUMBER", AllowMultipleArgumentsPerToken = true, Description = description, CustomParser = Numbers,
    };

    private static float[] Numbers(ArgumentResult result)
    {
        var words = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries));
        var numbers = new List<float>();
        foreach (var word in words)
        {
            if (!float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number))
            {
                result.AddError("must be numbers with a space or a comma between them, such as 0.485 0.456 0.406.");
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
