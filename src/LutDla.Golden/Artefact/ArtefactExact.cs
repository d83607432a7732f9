using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Golden.Artefact;

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
            node.Name, node.Inputs, layer.InputChannels, layer.OutputChannels, layer.Groups, ArtefactWindow.From(layer.Window),
            layer.WeightBits, layer.OutputMinimum, layer.OutputMaximum);
    }

    public override Node Read(ArtefactTensorReader tensors) => new ExactNode(Name, Inputs, new ExactLayer
    {
        InputChannels = InputChannels,
        OutputChannels = OutputChannels,
        Groups = Groups,
        Window = Window.ToWindow(),
        WeightBits = WeightBits,
        Weights = tensors.Shorts(ArtefactTensors.Weights(Name)),
        Bias = tensors.Ints(ArtefactTensors.Bias(Name)),
        Multiplier = tensors.Ints(ArtefactTensors.Multiplier(Name)),
        Shift = tensors.Ints(ArtefactTensors.Shift(Name)),
        OutputMinimum = OutputMinimum,
        OutputMaximum = OutputMaximum,
    });
}
