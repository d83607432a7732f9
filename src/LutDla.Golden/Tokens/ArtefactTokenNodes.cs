using System.Collections.Immutable;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

internal sealed record ArtefactNorm(
    string Name, ImmutableArray<string> Inputs, bool IsCentred, long Epsilon, int Shift, int OutputMinimum, int OutputMaximum)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new NormNode(
        Name, Inputs, IsCentred, Epsilon, tensors.Ints(ArtefactTensors.Gain(Name)), tensors.Ints(ArtefactTensors.Bias(Name)), Shift,
        OutputMinimum, OutputMaximum);
}

internal sealed record ArtefactAttention(
    string Name,
    ImmutableArray<string> Inputs,
    int Heads,
    int KeyHeads,
    int HeadChannels,
    bool IsCausal,
    int ScoreMultiplier,
    int ScoreShift,
    TensorRescale Rescale)
    : ArtefactNode(Name, Inputs)
{
    public static ArtefactAttention From(AttentionNode node)
    {
        var layer = node.Layer;
        return new ArtefactAttention(
            node.Name, node.Inputs, layer.Heads, layer.KeyHeads, layer.HeadChannels, layer.IsCausal, layer.ScoreMultiplier,
            layer.ScoreShift, layer.Rescale);
    }

    public override Node Read(ArtefactTensorReader tensors) => new AttentionNode(Name, Inputs, new AttentionLayer
    {
        Heads = Heads,
        KeyHeads = KeyHeads,
        HeadChannels = HeadChannels,
        IsCausal = IsCausal,
        Rotation = tensors.Shorts(ArtefactTensors.Rotation(Name)),
        ScoreMultiplier = ScoreMultiplier,
        ScoreShift = ScoreShift,
        Rescale = Rescale,
    });
}

internal sealed record ArtefactGatedProduct(
    string Name, ImmutableArray<string> Inputs, int GateMultiplier, int GateShift, TensorRescale Rescale)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) =>
        new GatedProductNode(Name, Inputs, GateMultiplier, GateShift, Rescale);
}

internal sealed record ArtefactGelu(string Name, ImmutableArray<string> Inputs, int Multiplier, int Shift, TensorRescale Rescale)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) =>
        new GeluNode(Name, Inputs, Multiplier, Shift, Rescale);
}

internal sealed record ArtefactTokenMean(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new TokenMeanNode(Name, Inputs, Rescale);
}
