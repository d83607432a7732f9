using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Safetensors;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Artefact;

/// <summary>A tensor of an artefact: its name in the file, its shape and where its values come from.</summary>
internal sealed record ArtefactTensor(string Name, ImmutableArray<long> Shape, Func<int[]> Values)
{
    public TensorData Encode() => TensorData.FromIntegers(Name, Shape, Values());
}

/// <summary>The tensors that an artefact of a network holds, and their names.</summary>
internal static class ArtefactTensors
{
    public const string Codes = InputQuantizer.NodeName + ".codes";

    public static string Codebooks(string node) => node + ".codebooks";

    public static string Tables(string node) => node + ".tables";

    public static string Weights(string node) => node + ".weights";

    public static string Bias(string node) => node + ".bias";

    public static string Multiplier(string node) => node + ".multiplier";

    public static string Shift(string node) => node + ".shift";

    public static string ElementCodes(string node) => node + ".codes";

    public static string Gain(string node) => node + ".gain";

    public static string Rotation(string node) => node + ".rotation";

    public static IEnumerable<ArtefactTensor> Of(QuantizedNetwork network) =>
    [
        new(Codes, CodesShape(network.Input), () => Widen(network.Input.Codes)),
        .. network.Nodes.OfType<LutNode>().SelectMany(n => Of(n.Name, n.Layer)),
        .. network.Nodes.OfType<ExactNode>().SelectMany(n => Of(n.Name, n.Layer)),
        .. network.Nodes.OfType<ElementNode>().Select(n => new ArtefactTensor(ElementCodes(n.Name), [n.Codes.Length], () => Widen(n.Codes))),
        .. network.Nodes.OfType<NormNode>().SelectMany(Of),
        .. network.Nodes.OfType<AttentionNode>().Select(n => Of(n.Name, n.Layer)),
    ];

    private static ImmutableArray<long> CodesShape(InputQuantizer input) =>
        input.Vocabulary is { } vocabulary ? [vocabulary, input.Channels] : [input.Channels, 256];

    private static IEnumerable<ArtefactTensor> Of(NormNode node) =>
    [
        new(Gain(node.Name), [node.Gain.Length], () => [.. node.Gain]),
        new(Bias(node.Name), [node.Bias.Length], () => [.. node.Bias]),
    ];

    private static ArtefactTensor Of(string name, AttentionLayer layer) =>
        new(Rotation(name), [layer.Positions, layer.HeadChannels / 2, 2], () => Widen(layer.Rotation));

    private static IEnumerable<ArtefactTensor> Of(string name, LutLayer layer) =>
    [
        new(Codebooks(name), [layer.SubspaceCount, layer.CentroidCount, layer.VectorLength], () => Widen(layer.Codebooks)),
        new(Tables(name), [layer.SubspaceCount, layer.CentroidCount, layer.OutputChannels], () => Widen(layer.Tables)),
        .. Of(name, layer.Rescale, layer.OutputChannels),
    ];

    private static IEnumerable<ArtefactTensor> Of(string name, ExactLayer layer) =>
    [
        new(Weights(name), [layer.OutputChannels, layer.GroupChannels, layer.Window.Height, layer.Window.Width], () => Widen(layer.Weights)),
        .. Of(name, layer.Rescale, layer.OutputChannels),
    ];

    private static IEnumerable<ArtefactTensor> Of(string name, ChannelRescale rescale, int channels) =>
    [
        new(Bias(name), [channels], () => [.. rescale.Bias]),
        new(Multiplier(name), [channels], () => [.. rescale.Multiplier]),
        new(Shift(name), [channels], () => [.. rescale.Shift]),
    ];

    private static int[] Widen(ImmutableArray<short> values) => [.. values.Select(v => (int)v)];
}
