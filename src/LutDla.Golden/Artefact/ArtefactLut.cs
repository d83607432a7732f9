using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Artefact;

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

    public override Node Read(ArtefactTensorReader tensors) => new LutNode(Name, Inputs, new LutLayer
    {
        InputChannels = InputChannels,
        OutputChannels = OutputChannels,
        Window = Window.ToWindow(),
        Layout = Layout,
        VectorLength = VectorLength,
        CentroidCount = CentroidCount,
        Metric = Metric,
        ActivationBits = ActivationBits,
        TableBits = TableBits,
        Codebooks = tensors.Shorts(ArtefactTensors.Codebooks(Name)),
        Tables = tensors.Shorts(ArtefactTensors.Tables(Name)),
        Bias = tensors.Ints(ArtefactTensors.Bias(Name)),
        Multiplier = tensors.Ints(ArtefactTensors.Multiplier(Name)),
        Shift = tensors.Ints(ArtefactTensors.Shift(Name)),
        OutputMinimum = OutputMinimum,
        OutputMaximum = OutputMaximum,
    });
}
