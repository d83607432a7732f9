namespace LutDla.Golden;

/// <summary>The reference form of a whole network, one image at a time. Clear, not fast: <see cref="GoldenEngine"/> is the fast form.</summary>
public static class GoldenNetwork
{
    /// <summary>Runs a network that keeps <see cref="NetworkRules"/>.</summary>
    /// <param name="image">[Height, Width, Channels] of <see cref="QuantizedNetwork.Input"/>.</param>
    /// <param name="trace">Called after each LUT layer, in order.</param>
    /// <returns>The last node's values, for a classifier the integer logits.</returns>
    /// <exception cref="ArgumentException">The image has another number of bytes.</exception>
    public static int[] Run(QuantizedNetwork network, ReadOnlySpan<byte> image, Action<LutNode, LutLayerTrace>? trace = null)
    {
        var expected = network.Input.Height * network.Input.Width * network.Input.Channels;
        if (image.Length != expected)
            throw new ArgumentException($"The network {network.Name} takes images of {expected} bytes, not {image.Length}.", nameof(image));
        var values = new Dictionary<string, ImageTensor> { [InputQuantizer.NodeName] = GoldenOperations.Quantize(network.Input, image) };
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
        _ => throw new InvalidOperationException($"The node {node.Name} is of an unknown kind, {node.GetType().Name}."),
    };

    private static ImageTensor Run(LutNode node, ImageTensor image, Action<LutNode, LutLayerTrace>? trace)
    {
        var result = GoldenLayer.Run(node.Layer, image);
        trace?.Invoke(node, result);
        return new ImageTensor(result.OutputShape, result.Outputs);
    }
}
