using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Golden.Safetensors;

namespace LutDla.Golden.Artefact;

/// <summary>
/// A converted network as one safetensors file with a JSON graph in its metadata (docs/artefact.md). The only place that knows the format.
/// </summary>
public static class ArtefactFile
{
    internal const string Format = "lutdla";
    internal const string Version = "1";

    /// <summary>Writes <paramref name="path"/> whole or not at all; the same network gives the same bytes.</summary>
    /// <exception cref="InvalidInputException">The network breaks <see cref="NetworkRules"/>; holds every problem.</exception>
    public static void Write(string path, QuantizedNetwork network)
    {
        NetworkRules.Check(network, path);
        TensorData[] tensors = [.. ArtefactTensors.Of(network).Select(t => t.Encode())];
        SafetensorsWriter.Write(path, SafetensorsChecksum.Seal(Metadata(network), tensors), tensors);
    }

    /// <summary>Whether a file says that it is an artefact, whole or not.</summary>
    public static bool Is(SafetensorsReader file) => file.Metadata.GetValueOrDefault("format") == Format;

    /// <summary>The same; a file of another format is none.</summary>
    /// <exception cref="InvalidInputException">A safetensors file is cut, or breaks a rule of the format.</exception>
    public static bool Is(string path)
    {
        if (FileFormats.Of(path) != FileFormat.Safetensors) return false;
        using var file = SafetensorsReader.Open(path);
        return Is(file);
    }

    /// <summary>Reads and checks an artefact.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is no artefact, was cut, or breaks a rule; holds every problem that could be told.
    /// </exception>
    public static QuantizedNetwork Read(string path)
    {
        using var file = SafetensorsReader.Open(path);
        var network = new ArtefactReader(file).Read();
        NetworkRules.Check(network, path);
        CheckTensors(file, network);
        return network;
    }

    private static Dictionary<string, string> Metadata(QuantizedNetwork network) => new()
    {
        ["format"] = Format,
        ["version"] = Version,
        ["graph"] = ArtefactGraph.From(network).ToJson(),
    };

    // Lengths are right already; the shapes must be, too, and nothing may ride along unseen.
    private static void CheckTensors(SafetensorsReader file, QuantizedNetwork network)
    {
        var problems = new ProblemList(file.Path);
        var expected = ArtefactTensors.Of(network).ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal);
        foreach (var tensor in file.Tensors)
        {
            if (!expected.TryGetValue(tensor.Name, out var shape))
                problems.Add(tensor.Name, tensor.Description, "No node of the graph has such a tensor.");
            else if (!shape.SequenceEqual(tensor.Shape))
                problems.Add(tensor.Name, tensor.Description, $"The shape must be [{string.Join(", ", shape)}].");
        }

        if (problems.Problems.Count > 0)
            throw new InvalidInputException(problems.Problems);
    }
}
