using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Networks.Graphs;
using LutDla.Training.IntegerNetwork;

namespace LutDla.Training.Export;

/// <summary>Writes a converted network down as integers: what the golden model computes and the hardware must equal.</summary>
internal static class NetworkExporter
{
    public static QuantizedNetwork Export(LutNetwork network, string name, ImmutableSortedDictionary<string, string> provenance) => new()
    {
        Name = name,
        Input = new InputQuantizer
        {
            Height = network.Graph.Height, Width = network.Graph.Tokens?.Positions ?? network.Graph.Width,
            Channels = network.Graph.Channels,
            ActivationBits = network.Scales[FloatGraph.InputName].Bits, Vocabulary = network.Graph.Tokens?.Vocabulary,
            Bytes = network.Graph.Tokens is null ? network.Source.Normalisation.Bytes : null,
            Codes = [.. network.InputCodes().Select(code => (short)code)],
        },
        Nodes = [.. network.Graph.Operations.Select(op => op.Accept(new NodeExporter(network)))],
        ResultScale = network.LogitScale,
        Provenance = provenance,
    };
}
