using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Reference;

/// <summary>The reference form of a whole network, one image at a time. Clear, not fast: <see cref="GoldenEngine"/> is the fast form.</summary>
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
            values[node.Name] = Run(node, [.. node.Inputs.Select(name => values[name])], trace);
        return values[network.Nodes[^1].Name].Values;
    }

    private static ImageTensor Run(Node node, ImageTensor[] inputs, Action<LutNode, LutLayerTrace>? trace) => node switch
    {
        LutNode lut => Run(lut, inputs[0], trace),
        ExactNode exact => GoldenExact.Run(exact.Layer, inputs[0]),
        PoolNode pool => GoldenOperations.Pool(pool, inputs[0]),
        AddNode add => GoldenOperations.Add(add, inputs[0], inputs[1]),
        ReluNode => GoldenOperations.Relu(inputs[0]),
        FlattenNode => GoldenOperations.Flatten(inputs[0]),
        ChannelPadNode pad => GoldenOperations.PadChannels(pad, inputs[0]),
        ElementNode element => GoldenElements.Apply(element, inputs[0]),
        ProductNode product => GoldenElements.Multiply(product, inputs[0], inputs[1]),
        ConcatNode concat => GoldenElements.Concatenate(concat, inputs),
        NormNode norm => GoldenTokens.Normalise(norm, inputs[0]),
        AttentionNode attention => GoldenAttention.Run(attention.Layer, inputs[0], inputs[1], inputs[2]),
        GatedProductNode product => GoldenTokens.GatedProduct(product, inputs[0], inputs[1]),
        GeluNode gelu => GoldenTokens.Gelu(gelu, inputs[0]),
        TokenMeanNode mean => GoldenTokens.Mean(mean, inputs[0]),
        _ => throw new InvalidOperationException($"The node {node.Name} is of an unknown kind, {node.GetType().Name}."),
    };

    private static ImageTensor Run(LutNode node, ImageTensor image, Action<LutNode, LutLayerTrace>? trace)
    {
        var result = GoldenLayer.Run(node.Layer, image);
        trace?.Invoke(node, result);
        return new ImageTensor(result.OutputShape, result.Outputs);
    }
}
