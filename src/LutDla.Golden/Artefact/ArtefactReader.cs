using System.Text.Json;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Golden.Safetensors;

namespace LutDla.Golden.Artefact;

/// <summary>
/// Builds a network from an open file. It trusts only what keeps a read within the file's size (names unique, types known);
/// the rest is left to <see cref="NetworkRules"/>.
/// </summary>
internal sealed class ArtefactReader(SafetensorsReader file)
{
    private readonly ProblemList _problems = new(file.Path);

    public QuantizedNetwork Read()
    {
        var (graph, tensors) = (ReadGraph(), new ArtefactTensorReader(file, _problems));
        NetworkRules.CheckNames(graph.Name, [.. graph.Nodes.Select(n => n.Name)], _problems);
        ThrowProblems();
        var network = new QuantizedNetwork
        {
            Name = graph.Name,
            Input = new InputQuantizer
            {
                Height = graph.Input.Height,
                Width = graph.Input.Width,
                Channels = graph.Input.Channels,
                ActivationBits = graph.Input.ActivationBits,
                Vocabulary = graph.Input.Vocabulary,
                Bytes = graph.Input.Bytes,
                Codes = tensors.Shorts(ArtefactTensors.Codes),
            },
            Nodes = [.. graph.Nodes.Select(node => node.Read(tensors))],
            ResultScale = graph.ResultScale,
            Data = graph.Data,
            Provenance = graph.Provenance,
        };
        ThrowProblems();
        return network;
    }

    private ArtefactGraph ReadGraph()
    {
        ExpectMetadata(
            "format", ArtefactFile.Format,
            file.Metadata.ContainsKey("architecture")
                ? "This is a float network: convert it first, lutdla convert --weights FILE."
                : "This is no LutDla artefact; make one with lutdla convert.");
        ExpectMetadata("version", ArtefactFile.Version, $"This LutDla reads version {ArtefactFile.Version}; convert the network again.");
        var bytes = file.Tensors.Sum(tensor => tensor.ByteCount);
        if (bytes > NetworkLimits.TensorBytes)
        {
            throw new InvalidInputException(
                file.Path, "tensors", $"{bytes} bytes", $"All tensors together must have at most {NetworkLimits.TensorBytes} bytes.",
                ProblemList.ConvertAgain);
        }

        SafetensorsChecksum.Check(file, "Copy it again from where it came, or convert the network again.");
        var json = file.Metadata.GetValueOrDefault("graph");
        try
        {
            return ArtefactGraph.FromJson(json ?? throw new JsonException("It is missing."));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // NotSupportedException is what the serialiser throws for a node without "op".
            var path = e is JsonException { Path: { Length: > 0 } where } ? $"graph {where}" : "graph";
            throw new InvalidInputException(file.Path, path, "not readable", e.Message.Split('\n')[0], ProblemList.ConvertAgain);
        }
    }

    private void ExpectMetadata(string key, string expected, string mend)
    {
        var value = file.Metadata.GetValueOrDefault(key);
        if (value != expected)
            throw new InvalidInputException(file.Path, $"__metadata__.{key}", value ?? "missing", $"It must be \"{expected}\".", mend);
    }

    private void ThrowProblems()
    {
        if (_problems.Problems.Count > 0)
            throw new InvalidInputException(_problems.Problems);
    }
}
