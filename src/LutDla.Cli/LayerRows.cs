using LutDla.Golden.Model;
using LutDla.Mapping;
using LutDla.Networks.Data;

namespace LutDla.Cli;

/// <summary>The LUT layers of a network with the rows of some examples.</summary>
/// <param name="Count">Examples.</param>
internal sealed record LayerRows(IReadOnlyList<LayerData> Layers, int Count)
{
    /// <summary>Of the first test images, or of sequences where these are given.</summary>
    /// <param name="file">The network's.</param>
    /// <exception cref="Boundary.InvalidInputException">There are none that the network takes, or they are too many.</exception>
    public static LayerRows Load(
        CommandRun run, DataOptions data, SequenceOptions sequences, string file, QuantizedNetwork network, int count) =>
        sequences.AreGiven(run)
            ? Of(network, sequences.ReadFor(run, DatasetPart.Test, network).Take(count))
            : Of(network, data.LoadFor(run, file, network).Take(count));

    private static LayerRows Of(QuantizedNetwork network, Dataset images)
    {
        NetworkLayers.Check(network, images.Count);
        return new(NetworkLayers.Of(network, images.All()), images.Count);
    }

    private static LayerRows Of(QuantizedNetwork network, TokenData sequences)
    {
        NetworkLayers.Check(network, sequences.Count, sequences.Longest);
        return new(NetworkLayers.Of(network, sequences.All()), sequences.Count);
    }
}
