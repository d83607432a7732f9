using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Hardware;

namespace LutDla.Golden.Artefact;

/// <summary>A node in the JSON graph of an artefact: its scalars. Tensors lie beside the graph.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(ArtefactLut), "lut")]
[JsonDerivedType(typeof(ArtefactExact), "exact")]
[JsonDerivedType(typeof(ArtefactPool), "pool")]
[JsonDerivedType(typeof(ArtefactAdd), "add")]
[JsonDerivedType(typeof(ArtefactRelu), "relu")]
[JsonDerivedType(typeof(ArtefactFlatten), "flatten")]
[JsonDerivedType(typeof(ArtefactChannelPad), "channel_pad")]
[JsonDerivedType(typeof(ArtefactElement), "element")]
[JsonDerivedType(typeof(ArtefactProduct), "product")]
[JsonDerivedType(typeof(ArtefactConcat), "concat")]
[JsonDerivedType(typeof(ArtefactNorm), "norm")]
[JsonDerivedType(typeof(ArtefactAttention), "attention")]
[JsonDerivedType(typeof(ArtefactGatedProduct), "gated_product")]
[JsonDerivedType(typeof(ArtefactGelu), "gelu")]
[JsonDerivedType(typeof(ArtefactTokenMean), "token_mean")]
internal abstract record ArtefactNode(string Name, ImmutableArray<string> Inputs)
{
    public static ArtefactNode From(Node node) => node switch
    {
        LutNode lut => ArtefactLut.From(lut),
        ExactNode exact => ArtefactExact.From(exact),
        PoolNode p => new ArtefactPool(p.Name, p.Inputs, p.Kind, ArtefactWindow.From(p.Window), p.Rescale),
        AddNode a => new ArtefactAdd(a.Name, a.Inputs, a.MultiplierA, a.MultiplierB, a.Shift, a.OutputMinimum, a.OutputMaximum),
        ReluNode => new ArtefactRelu(node.Name, node.Inputs),
        FlattenNode => new ArtefactFlatten(node.Name, node.Inputs),
        ChannelPadNode p => new ArtefactChannelPad(p.Name, p.Inputs, p.Before, p.After),
        ElementNode e => new ArtefactElement(e.Name, e.Inputs, e.First),
        ProductNode p => new ArtefactProduct(p.Name, p.Inputs, p.Rescale),
        ConcatNode c => new ArtefactConcat(c.Name, c.Inputs, c.Rescales),
        NormNode n => new ArtefactNorm(n.Name, n.Inputs, n.IsCentred, n.Epsilon, n.Shift, n.OutputMinimum, n.OutputMaximum),
        AttentionNode a => ArtefactAttention.From(a),
        GatedProductNode p => new ArtefactGatedProduct(p.Name, p.Inputs, p.GateMultiplier, p.GateShift, p.Rescale),
        GeluNode g => new ArtefactGelu(g.Name, g.Inputs, g.Multiplier, g.Shift, g.Rescale),
        TokenMeanNode m => new ArtefactTokenMean(m.Name, m.Inputs, m.Rescale),
        _ => throw new InvalidOperationException($"The node {node.Name} is of an unknown kind, {node.GetType().Name}."),
    };
}

internal sealed record ArtefactLut(
    string Name,
    ImmutableArray<string> Inputs,
    int InputChannels,
    int OutputChannels,
    ArtefactWindow Window,
    SubspaceLayout Layout,
    int VectorLength,
    int CentroidCount,
    DistanceMetric Metric,
    int ActivationBits,
    int TableBits,
    int OutputMinimum,
    int OutputMaximum)
    : ArtefactNode(Name, Inputs)
{
    public static ArtefactLut From(LutNode node)
    {
        var layer = node.Layer;
        return new ArtefactLut(
            node.Name, node.Inputs, layer.InputChannels, layer.OutputChannels, ArtefactWindow.From(layer.Window), layer.Layout,
            layer.VectorLength, layer.CentroidCount, layer.Metric, layer.ActivationBits, layer.TableBits,
            layer.OutputMinimum, layer.OutputMaximum);
    }
}

internal sealed record ArtefactExact(
    string Name,
    ImmutableArray<string> Inputs,
    int InputChannels,
    int OutputChannels,
    int Groups,
    ArtefactWindow Window,
    int WeightBits,
    int OutputMinimum,
    int OutputMaximum)
    : ArtefactNode(Name, Inputs)
{
    public static ArtefactExact From(ExactNode node)
    {
        var layer = node.Layer;
        return new ArtefactExact(
            node.Name, node.Inputs, layer.InputChannels, layer.OutputChannels, layer.Groups, ArtefactWindow.From(layer.Window), layer.WeightBits,
            layer.OutputMinimum, layer.OutputMaximum);
    }
}

internal sealed record ArtefactPool(
    string Name, ImmutableArray<string> Inputs, PoolKind Kind, ArtefactWindow Window, TensorRescale? Rescale = null)
    : ArtefactNode(Name, Inputs);

internal sealed record ArtefactAdd(
    string Name, ImmutableArray<string> Inputs, int MultiplierA, int MultiplierB, int Shift, int OutputMinimum, int OutputMaximum)
    : ArtefactNode(Name, Inputs);

internal sealed record ArtefactRelu(string Name, ImmutableArray<string> Inputs) : ArtefactNode(Name, Inputs);

internal sealed record ArtefactFlatten(string Name, ImmutableArray<string> Inputs) : ArtefactNode(Name, Inputs);

internal sealed record ArtefactChannelPad(string Name, ImmutableArray<string> Inputs, int Before, int After) : ArtefactNode(Name, Inputs);

internal sealed record ArtefactElement(string Name, ImmutableArray<string> Inputs, int First) : ArtefactNode(Name, Inputs);

internal sealed record ArtefactProduct(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale) : ArtefactNode(Name, Inputs);

internal sealed record ArtefactConcat(string Name, ImmutableArray<string> Inputs, ImmutableArray<TensorRescale> Rescales) : ArtefactNode(Name, Inputs);

internal sealed record ArtefactWindow(int Height, int Width, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth)
{
    public static ArtefactWindow From(Window w) =>
        new(w.Height, w.Width, w.StrideHeight, w.StrideWidth, w.PaddingHeight, w.PaddingWidth);

    public Window ToWindow() => new()
    {
        Height = Height,
        Width = Width,
        StrideHeight = StrideHeight,
        StrideWidth = StrideWidth,
        PaddingHeight = PaddingHeight,
        PaddingWidth = PaddingWidth,
    };
}
