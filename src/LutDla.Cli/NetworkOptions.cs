using System.CommandLine;
using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Onnx;

namespace LutDla.Cli;

/// <summary>Which float network a command works on.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string> _weights = Options.Path(
        "--weights", "FILE", "Float network: as lutdla train writes it, an image classifier as ONNX (.onnx), or, with --architecture, published PyTorch weights.");

    private readonly Option<Architecture?> _architecture = Options.OptionalChoice(
        "--architecture", "For published weights (safetensors): which network they belong to.", Enum.GetValues<Architecture>(), Architectures.Name);

    private readonly Option<float[]> _mean = Numbers("--mean", "For ONNX and published weights: subtracted from byte / 255, a number for each channel; left out: 0.");

    private readonly Option<float[]> _deviation = Numbers("--deviation", "For these, too: what is left is divided by it, a number for each channel; left out: 1.");

    public IEnumerable<Option> All => [_weights, _architecture, _mean, _deviation];

    /// <param name="data">The images that a network of published weights shall take.</param>
    /// <exception cref="InvalidInputException">The file is broken or no such network.</exception>
    public FloatNetwork Read(CommandRun run, Dataset data)
    {
        var (path, mean, deviation) = (run.Get(_weights), run.Find(_mean) ?? [], run.Find(_deviation) ?? []);
        if (data.Meaning is { } meaning)
        {
            if (mean.Length + deviation.Length > 0)
            {
                throw new InvalidInputException(
                    "command line", "--mean, --deviation", data.Name, "The examples are numbers that the network takes, no bytes.", "Leave them out, or give bytes.");
            }

            if (IsOnnx(path)) CheckShape(path, data);
            (mean, deviation) = ([.. meaning.Mean], [.. meaning.Deviation]);
        }

        if (run.Find(_architecture) is { } architecture)
        {
            return PublishedWeights.Read(
                path, Architectures.For(architecture, data), PixelNormalisation.Given("command line", [.. mean], [.. deviation], data.Channels));
        }

        if (IsOnnx(path))
            return OnnxNetwork.Read(path, [.. mean], [.. deviation]);
        if (data.Meaning is not null)
            throw new InvalidInputException(path, "inputs", data.Name, "Networks that lutdla train writes take bytes.", "Give bytes.");
        if (mean.Length == 0 && deviation.Length == 0)
            return FloatNetworkFile.Read(path);
        throw new InvalidInputException(
            "command line", "--mean, --deviation", path, "These are for ONNX files and published weights; other networks know what they see.",
            "Leave them out, or name the --architecture of published weights.");
    }

    /// <summary>A network of tokens.</summary>
    /// <exception cref="InvalidInputException">The file is broken or no such network.</exception>
    public FloatNetwork ReadTokens(CommandRun run)
    {
        var path = run.Get(_weights);
        if (LlamaFile.Is(path)) return LlamaFile.Read(path);
        var network = FloatNetworkFile.Read(path);
        if (network.Graph.Tokens is not null) return network;
        network.Dispose();
        throw new InvalidInputException(path, "architecture", network.Graph.Architecture, "It takes images, not sequences.", "Leave the sequences out.");
    }

    private static bool IsOnnx(string path) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    // Before the numbers of each channel are taken for the network's.
    private static void CheckShape(string path, Dataset data)
    {
        using var network = OnnxNetwork.Read(path, [], []);
        var (graph, shape) = (network.Graph, $"{data.Height}x{data.Width}x{data.Channels}");
        var expected = $"{graph.Height}x{graph.Width}x{graph.Channels}";
        if (shape != expected)
        {
            throw new InvalidInputException(data.Name, "inputs", shape, $"The network takes {expected}.", ExamplesFile.ShapeMend);
        }
    }

    private static Option<float[]> Numbers(string name, string description) =>
        new(name) { HelpName = "NUMBER", AllowMultipleArgumentsPerToken = true, Description = description };
}
