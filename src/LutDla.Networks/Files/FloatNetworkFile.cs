using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Networks.Files;

/// <summary>
/// Float networks as safetensors: the tensors by name, all F32, and in the metadata <c>architecture</c>, <c>input</c> (height x width x
/// channels),
/// <c>classes</c>, <c>mean</c> and <c>deviation</c> (of a pixel, a channel each), besides free text about the origin. A network of tokens
/// has <c>tokens</c> (vocabulary x positions) instead of <c>input</c>, <c>mean</c> and <c>deviation</c>.
/// </summary>
public static class FloatNetworkFile
{
    private const string Mend = "Give a file that lutdla train has written.";

    private static readonly string[] OwnKeys = ["architecture", "input", "classes", "mean", "deviation", "tokens"];

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(string path, FloatNetwork network)
    {
        var graph = network.Graph;
        var metadata = network.Provenance.ToBuilder();
        metadata["architecture"] = graph.Architecture;
        metadata["classes"] = $"{graph.Classes}";
        if (graph.Tokens is { } tokens)
        {
            metadata["tokens"] = $"{tokens.Vocabulary}x{tokens.Positions}";
        }
        else
        {
            metadata["input"] = $"{graph.Height}x{graph.Width}x{graph.Channels}";
            metadata["mean"] = string.Join(' ', network.Normalisation.Mean);
            metadata["deviation"] = string.Join(' ', network.Normalisation.Deviation);
        }

        SafetensorsWriter.Write(path, metadata, network.Tensors.Select(pair => TensorBytes.Encode(pair.Key, pair.Value)));
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InvalidInputException">
    /// No such file, not safetensors, an unknown architecture, or tensors that do not fit it.
    /// </exception>
    public static FloatNetwork Read(string path)
    {
        using var file = SafetensorsReader.Open(path);
        var graph = ReadGraph(file);
        var normalisation = graph.Tokens is null
            ? new PixelNormalisation(
                ReadPixels(file, "mean", graph.Channels, minimum: -10), ReadPixels(file, "deviation", graph.Channels, minimum: 1e-3f))
            : PixelNormalisation.None;
        var shapes = graph.TensorShapes.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        CheckTensors(file, shapes);

        TorchRuntime.EnsureLoaded();
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, shape) in shapes) tensors[name] = tensor(ReadValues(file, name), shape);
        return new FloatNetwork(graph, normalisation, tensors) { Provenance = file.Metadata.RemoveRange(OwnKeys) };
    }

    private static FloatGraph ReadGraph(SafetensorsReader file)
    {
        if (ArtefactFile.Is(file))
        {
            throw new InvalidInputException(
                file.Path, "format", file.Metadata["format"], "This network is converted already.",
                "Give the float network that it was made of, or run it: lutdla infer --network FILE.");
        }

        if (!file.Metadata.ContainsKey("architecture"))
        {
            throw new InvalidInputException(
                file.Path, "architecture", "missing", "The metadata of networks that lutdla train writes name it.",
                "Of weights from elsewhere name the network: --architecture.");
        }

        var name = Text(file, "architecture");
        if (Architectures.Find(name) is not { } architecture)
            throw Invalid(
                file, "architecture", name,
                $"It must be one of {string.Join(", ", Enum.GetValues<Architecture>().Select(Architectures.Name))}.");
        var isOfTokens = Architectures.IsOfTokens(architecture);
        var key = isOfTokens ? "tokens" : "input";
        var input = Text(file, key);
        var sides = input.Split('x').Select(side => int.TryParse(side, out var value) ? value : 0).ToArray();
        var classes = int.TryParse(Text(file, "classes"), out var count) ? count : 0;
        if (sides.Length != (isOfTokens ? 2 : 3))
        {
            throw Invalid(
                file, key, input,
                isOfTokens
                    ? "It must be vocabulary x positions, such as 2000x128."
                    : "It must be height x width x channels, such as 28x28x1.");
        }

        try
        {
            return isOfTokens
                ? Architectures.OfTokens(architecture, sides[0], sides[1], classes)
                : Architectures.Build(architecture, sides[0], sides[1], sides[2], classes);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw Invalid(file, e.ParamName ?? key, $"{e.ActualValue}", e.Message.Split('\n')[0]);
        }
    }

    private static ImmutableArray<float> ReadPixels(SafetensorsReader file, string key, int channels, float minimum)
    {
        var text = Text(file, key);
        var values = text.Split(' ').Select(part => float.TryParse(part, out var value) ? value : float.NaN).ToImmutableArray();
        return values.Length == channels && values.All(value => value >= minimum && value <= 10)
            ? values
            : throw Invalid(file, key, text, $"It must be {channels} numbers from {minimum} to 10.");
    }

    private static void CheckTensors(SafetensorsReader file, Dictionary<string, long[]> shapes)
    {
        var problems = new List<InputProblem>();
        foreach (var (name, shape) in shapes)
        {
            var expected = $"F32 [{string.Join(", ", shape)}]";
            var found = file.Find(name)?.Description ?? "missing";
            if (found != expected) problems.Add(new InputProblem(file.Path, name, found, $"It must be {expected}.", Mend));
        }

        problems.AddRange(file.Tensors.Where(tensor => !shapes.ContainsKey(tensor.Name)).Select(tensor => new InputProblem(
            file.Path, tensor.Name, tensor.Description, "The architecture has no such tensor.", Mend)));
        if (problems.Count > 0) throw new InvalidInputException(problems);
    }

    private static float[] ReadValues(SafetensorsReader file, string name)
    {
        var values = file.ReadSingles(name);
        WeightRules.Check(file.Path, name, values, Mend);
        return values;
    }

    private static string Text(SafetensorsReader file, string key) =>
        file.Metadata.TryGetValue(key, out var text) ? text : throw Invalid(file, key, "missing", "The metadata must name it.");

    private static InvalidInputException Invalid(SafetensorsReader file, string key, string value, string rule) =>
        new(file.Path, key, value, rule, Mend);
}
