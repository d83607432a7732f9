using LutDla.Golden.Model;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Artefact;

/// <summary>What the graph of an artefact says of a node: all but its tensors.</summary>
internal sealed class ArtefactScalars : INodeVisitor<ArtefactNode>
{
    public static ArtefactScalars Instance { get; } = new();

    public ArtefactNode Visit(LutNode node) => ArtefactLut.From(node);

    public ArtefactNode Visit(ExactNode node) => ArtefactExact.From(node);

    public ArtefactNode Visit(PoolNode node) =>
        new ArtefactPool(node.Name, node.Inputs, node.Kind, ArtefactWindow.From(node.Window), node.Rescale);

    public ArtefactNode Visit(AddNode node) => new ArtefactAdd(
        node.Name, node.Inputs, node.MultiplierA, node.MultiplierB, node.Shift, node.OutputMinimum, node.OutputMaximum);

    public ArtefactNode Visit(ReluNode node) => new ArtefactRelu(node.Name, node.Inputs);

    public ArtefactNode Visit(FlattenNode node) => new ArtefactFlatten(node.Name, node.Inputs);

    public ArtefactNode Visit(ChannelPadNode node) => new ArtefactChannelPad(node.Name, node.Inputs, node.Before, node.After);

    public ArtefactNode Visit(ElementNode node) => new ArtefactElement(node.Name, node.Inputs, node.First);

    public ArtefactNode Visit(ProductNode node) => new ArtefactProduct(node.Name, node.Inputs, node.Rescale);

    public ArtefactNode Visit(ConcatNode node) => new ArtefactConcat(node.Name, node.Inputs, node.Rescales);

    public ArtefactNode Visit(NormNode node) => new ArtefactNorm(
        node.Name, node.Inputs, node.IsCentred, node.Epsilon, node.Shift, node.OutputMinimum, node.OutputMaximum);

    public ArtefactNode Visit(AttentionNode node) => ArtefactAttention.From(node);

    public ArtefactNode Visit(GatedProductNode node) =>
        new ArtefactGatedProduct(node.Name, node.Inputs, node.GateMultiplier, node.GateShift, node.Rescale);

    public ArtefactNode Visit(GeluNode node) => new ArtefactGelu(node.Name, node.Inputs, node.Multiplier, node.Shift, node.Rescale);

    public ArtefactNode Visit(TokenMeanNode node) => new ArtefactTokenMean(node.Name, node.Inputs, node.Rescale);
}
