using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Artefact;

internal sealed record ArtefactPool(
    string Name, ImmutableArray<string> Inputs, PoolKind Kind, ArtefactWindow Window, TensorRescale? Rescale = null)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new PoolNode(Name, Inputs, Kind, Window.ToWindow(), Rescale);
}

internal sealed record ArtefactAdd(
    string Name, ImmutableArray<string> Inputs, int MultiplierA, int MultiplierB, int Shift, int OutputMinimum, int OutputMaximum)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) =>
        new AddNode(Name, Inputs, MultiplierA, MultiplierB, Shift, OutputMinimum, OutputMaximum);
}

internal sealed record ArtefactRelu(string Name, ImmutableArray<string> Inputs)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new ReluNode(Name, Inputs);
}

internal sealed record ArtefactFlatten(string Name, ImmutableArray<string> Inputs)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new FlattenNode(Name, Inputs);
}

internal sealed record ArtefactChannelPad(string Name, ImmutableArray<string> Inputs, int Before, int After)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new ChannelPadNode(Name, Inputs, Before, After);
}

internal sealed record ArtefactElement(string Name, ImmutableArray<string> Inputs, int First)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) =>
        new ElementNode(Name, Inputs, First, tensors.Shorts(ArtefactTensors.ElementCodes(Name)));
}

internal sealed record ArtefactProduct(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale)
    : ArtefactNode(Name, Inputs)
{
    public override Node Read(ArtefactTensorReader tensors) => new ProductNode(Name, Inputs, Rescale);
}

internal sealed record ArtefactConcat(string Name, ImmutableArray<string> Inputs, ImmutableArray<TensorRescale> Rescales)
    : ArtefactNode(Name, Inputs)
{
    internal override bool IsWhole =>
        base.IsWhole && !Rescales.IsDefault && Rescales.All(rescale => (TensorRescale?)rescale is not null);

    public override Node Read(ArtefactTensorReader tensors) => new ConcatNode(Name, Inputs, Rescales);
}
