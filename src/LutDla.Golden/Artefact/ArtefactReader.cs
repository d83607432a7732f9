using System.Collections.Immutable;
using System.Text.Json;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Golden.Safetensors;
using LutDla.Golden.Tokens;

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
        var graph = ReadGraph();
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
                Codes = ReadShorts(ArtefactTensors.Codes),
            },
            Nodes = [.. graph.Nodes.Select(ToNode)],
            ResultScale = graph.ResultScale,
            Provenance = graph.Provenance,
        };
        ThrowProblems();
        return network;
    }

    private ArtefactGraph ReadGraph()
    {
        ExpectMetadata("format", ArtefactFile.Format, "This is no LutDla artefact; make one with lutdla convert.");
        ExpectMetadata("version", ArtefactFile.Version, $"This LutDla reads version {ArtefactFile.Version}; convert the network again.");
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

    private Node ToNode(ArtefactNode node) => node switch
    {
        ArtefactLut lut => new LutNode(lut.Name, lut.Inputs, ToLayer(lut)),
        ArtefactExact exact => new ExactNode(exact.Name, exact.Inputs, ToLayer(exact)),
        ArtefactPool p => new PoolNode(p.Name, p.Inputs, p.Kind, p.Window.ToWindow(), p.Rescale),
        ArtefactAdd a => new AddNode(a.Name, a.Inputs, a.MultiplierA, a.MultiplierB, a.Shift, a.OutputMinimum, a.OutputMaximum),
        ArtefactRelu => new ReluNode(node.Name, node.Inputs),
        ArtefactFlatten => new FlattenNode(node.Name, node.Inputs),
        ArtefactChannelPad p => new ChannelPadNode(p.Name, p.Inputs, p.Before, p.After),
        ArtefactElement e => new ElementNode(e.Name, e.Inputs, e.First, ReadShorts(ArtefactTensors.ElementCodes(e.Name))),
        ArtefactProduct p => new ProductNode(p.Name, p.Inputs, p.Rescale),
        ArtefactConcat c => new ConcatNode(c.Name, c.Inputs, c.Rescales),
        ArtefactNorm n => new NormNode(
            n.Name, n.Inputs, n.IsCentred, n.Epsilon, ReadInts(ArtefactTensors.Gain(n.Name)), ReadInts(ArtefactTensors.Bias(n.Name)), n.Shift,
            n.OutputMinimum, n.OutputMaximum),
        ArtefactAttention a => new AttentionNode(a.Name, a.Inputs, ToLayer(a)),
        ArtefactGatedProduct p => new GatedProductNode(p.Name, p.Inputs, p.GateMultiplier, p.GateShift, p.Rescale),
        ArtefactGelu g => new GeluNode(g.Name, g.Inputs, g.Multiplier, g.Shift, g.Rescale),
        ArtefactTokenMean m => new TokenMeanNode(m.Name, m.Inputs, m.Rescale),
        _ => throw new InvalidOperationException($"The node {node.Name} is of an unknown kind, {node.GetType().Name}."),
    };

    private LutLayer ToLayer(ArtefactLut lut) => new()
    {
        InputChannels = lut.InputChannels,
        OutputChannels = lut.OutputChannels,
        Window = lut.Window.ToWindow(),
        Layout = lut.Layout,
        VectorLength = lut.VectorLength,
        CentroidCount = lut.CentroidCount,
        Metric = lut.Metric,
        ActivationBits = lut.ActivationBits,
        TableBits = lut.TableBits,
        Codebooks = ReadShorts(ArtefactTensors.Codebooks(lut.Name)),
        Tables = ReadShorts(ArtefactTensors.Tables(lut.Name)),
        Bias = ReadInts(ArtefactTensors.Bias(lut.Name)),
        Multiplier = ReadInts(ArtefactTensors.Multiplier(lut.Name)),
        Shift = ReadInts(ArtefactTensors.Shift(lut.Name)),
        OutputMinimum = lut.OutputMinimum,
        OutputMaximum = lut.OutputMaximum,
    };

    private ExactLayer ToLayer(ArtefactExact exact) => new()
    {
        InputChannels = exact.InputChannels,
        OutputChannels = exact.OutputChannels,
        Groups = exact.Groups,
        Window = exact.Window.ToWindow(),
        WeightBits = exact.WeightBits,
        Weights = ReadShorts(ArtefactTensors.Weights(exact.Name)),
        Bias = ReadInts(ArtefactTensors.Bias(exact.Name)),
        Multiplier = ReadInts(ArtefactTensors.Multiplier(exact.Name)),
        Shift = ReadInts(ArtefactTensors.Shift(exact.Name)),
        OutputMinimum = exact.OutputMinimum,
        OutputMaximum = exact.OutputMaximum,
    };

    private AttentionLayer ToLayer(ArtefactAttention attention) => new()
    {
        Heads = attention.Heads,
        KeyHeads = attention.KeyHeads,
        HeadChannels = attention.HeadChannels,
        IsCausal = attention.IsCausal,
        Rotation = ReadShorts(ArtefactTensors.Rotation(attention.Name)),
        ScoreMultiplier = attention.ScoreMultiplier,
        ScoreShift = attention.ScoreShift,
        Rescale = attention.Rescale,
    };

    private ImmutableArray<short> ReadShorts(string name) => Read(name, short.MinValue, short.MaxValue, v => (short)v);

    private ImmutableArray<int> ReadInts(string name) => Read(name, int.MinValue, int.MaxValue, v => v);

    private ImmutableArray<T> Read<T>(string name, int minimum, int maximum, Func<int, T> convert)
    {
        if (file.Find(name) is not { } tensor)
        {
            _problems.Add(name, "missing", "The graph needs this tensor.");
            return [];
        }

        if (tensor.Type is not (SafetensorsType.I8 or SafetensorsType.I16 or SafetensorsType.I32))
        {
            _problems.Add(name, tensor.Description, "The type must be I8, I16 or I32.");
            return [];
        }

        var values = file.ReadInt32s(name);
        if (values.Any(v => v < minimum || v > maximum))
        {
            _problems.Add(name, tensor.Description, $"Every value must be {minimum} to {maximum}.");
            return [];
        }

        return [.. values.Select(convert)];
    }

    private void ThrowProblems()
    {
        if (_problems.Problems.Count > 0)
            throw new InvalidInputException(_problems.Problems);
    }
}
