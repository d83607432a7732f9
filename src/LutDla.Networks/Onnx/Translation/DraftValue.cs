namespace LutDla.Networks.Onnx.Translation;

/// <summary>How the elements of a value in the ONNX graph lie, where ours are always in the order row, column, channel.</summary>
internal enum ElementOrder
{
    /// <summary>[batch, channels, rows, columns] or [batch, channels].</summary>
    ChannelsFirst,

    /// <summary>[batch, rows, columns, channels].</summary>
    ChannelsLast,

    /// <summary>[batch, channels · rows · columns]: a row that was an image with its channels first.</summary>
    Flattened,
}

/// <summary>What a value of the ONNX graph is in the network that is being made.</summary>
/// <param name="Maker">The operation that makes it, or the input.</param>
/// <param name="Channels">Of the image that was flattened.</param>
/// <param name="Pixels">Of the image that was flattened.</param>
internal sealed record DraftValue(string Maker, ElementOrder Order = ElementOrder.ChannelsFirst, long Channels = 0, long Pixels = 0);
