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
internal sealed class ArtefactTensors : INodeVisitor<IEnumerable<ArtefactTensor>>
{
    private static readonly ArtefactTensors Instance = new();

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

    public static IEnumerable<ArtefactTensor> Of(QuantizedNetwork network) => network.Nodes
        .SelectMany(node => node.Accept(Instance))
        .Prepend(new ArtefactTensor(Codes, CodesShape(network.Input), () => Widen(network.Input.Codes)));

    public IEnumerable<ArtefactTensor> Visit(LutNode node)
    {
        var (name, layer) = (node.Name, node.Layer);
        return
        [
            new(Codebooks(name), [layer.SubspaceCount, layer.CentroidCount, layer.VectorLength], () => Widen(layer.Codebooks)),
            new(Tables(name), [layer.SubspaceCount, layer.CentroidCount, layer.OutputChannels], () => Widen(layer.Tables)),
            .. Of(name, layer.Rescale, layer.OutputChannels),
        ];
    }

    public IEnumerable<ArtefactTensor> Visit(ExactNode node)
    {
        var (name, layer) = (node.Name, node.Layer);
        return
        [
            new(
                Weights(name), [layer.OutputChannels, layer.GroupChannels, layer.Window.Height, layer.Window.Width],
                () => Widen(layer.Weights)),
            .. Of(name, layer.Rescale, layer.OutputChannels),
        ];
    }

    public IEnumerable<ArtefactTensor> Visit(PoolNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(AddNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(ReluNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(FlattenNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(ChannelPadNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(ElementNode node) =>
        [new(ElementCodes(node.Name), [node.Codes.Length], () => Widen(node.Codes))];

    public IEnumerable<ArtefactTensor> Visit(ProductNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(ConcatNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(NormNode node) =>
    [
        new(Gain(node.Name), [node.Gain.Length], () => [.. node.Gain]),
        new(Bias(node.Name), [node.Bias.Length], () => [.. node.Bias]),
    ];

    public IEnumerable<ArtefactTensor> Visit(AttentionNode node) =>
        [new(Rotation(node.Name), [node.Layer.Positions, node.Layer.HeadChannels / 2, 2], () => Widen(node.Layer.Rotation))];

    public IEnumerable<ArtefactTensor> Visit(GatedProductNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(GeluNode node) => [];

    public IEnumerable<ArtefactTensor> Visit(TokenMeanNode node) => [];

    private static ImmutableArray<long> CodesShape(InputQuantizer input) =>
        input.Vocabulary is { } vocabulary ? [vocabulary, input.Channels] : [input.Channels, 256];

    private static IEnumerable<ArtefactTensor> Of(string name, ChannelRescale rescale, int channels) =>
    [
        new(Bias(name), [channels], () => [.. rescale.Bias]),
        new(Multiplier(name), [channels], () => [.. rescale.Multiplier]),
        new(Shift(name), [channels], () => [.. rescale.Shift]),
    ];

    private static int[] Widen(ImmutableArray<short> values) => [.. values.Select(v => (int)v)];
}
