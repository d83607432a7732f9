using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Reference;

/// <summary>
/// The reference form of a whole network, one image at a time. Clear, not fast: <see cref="GoldenEngine"/> is the fast form.
/// </summary>
public static class GoldenNetwork
{
    /// <summary>Runs a network that keeps <see cref="NetworkRules"/>.</summary>
    /// <param name="image">[Height, Width, Channels] of <see cref="QuantizedNetwork.Input"/>.</param>
    /// <param name="trace">Called after each LUT layer, in order.</param>
    /// <returns>The last node's values, for a classifier the integer logits.</returns>
    /// <exception cref="ArgumentException">The image has another number of bytes, or the network takes tokens.</exception>
    public static int[] Run(QuantizedNetwork network, ReadOnlySpan<byte> image, Action<LutNode, LutLayerTrace>? trace = null)
    {
        if (network.Input.Vocabulary is not null)
            throw new ArgumentException($"The network {network.Name} takes tokens.", nameof(image));
        var expected = network.Input.Height * network.Input.Width * network.Input.Channels;
        if (image.Length != expected)
            throw new ArgumentException($"The network {network.Name} takes images of {expected} bytes, not {image.Length}.", nameof(image));
        return Run(network, GoldenOperations.Quantize(network.Input, image), trace);
    }

    /// <summary>Runs a network of tokens that keeps <see cref="NetworkRules"/>.</summary>
    /// <param name="tokens">A sequence, from one token to as many as the network takes.</param>
    /// <param name="trace">Called after each LUT layer, in order; its pixels are the tokens.</param>
    /// <returns>[tokens, channels] of the last node; where that has one pixel, [channels].</returns>
    /// <exception cref="ArgumentException">The network takes images, or no such sequence.</exception>
    public static int[] Run(QuantizedNetwork network, ReadOnlySpan<int> tokens, Action<LutNode, LutLayerTrace>? trace = null)
    {
        if (network.Input.Vocabulary is not { } vocabulary)
            throw new ArgumentException($"The network {network.Name} takes images.", nameof(tokens));
        if (tokens.Length == 0 || tokens.Length > network.Input.Width || tokens.ContainsAnyExceptInRange(0, vocabulary - 1))
        {
            throw new ArgumentException(
                $"The network {network.Name} takes 1 to {network.Input.Width} tokens from 0 to {vocabulary - 1}.", nameof(tokens));
        }

        return Run(network, GoldenTokens.Embed(network.Input, tokens), trace);
    }

    private static int[] Run(QuantizedNetwork network, ImageTensor input, Action<LutNode, LutLayerTrace>? trace)
    {
        var values = new Dictionary<string, ImageTensor> { [InputQuantizer.NodeName] = input };
        foreach (var node in network.Nodes)
            values[node.Name] = node.Accept(new GoldenNode([.. node.Inputs.Select(name => values[name])], trace));
        return values[network.Nodes[^1].Name].Values;
    }
}
