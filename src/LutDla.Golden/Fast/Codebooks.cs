using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>Codebooks laid out for vector kernels.</summary>
internal static class Codebooks
{
    /// <summary>[S, c, <paramref name="length"/>]: centroids lengthened with zeros, which meet the zero plane.</summary>
    public static short[] Lengthen(LutLayer layer, int length)
    {
        var lengthened = new short[layer.SubspaceCount * layer.CentroidCount * length];
        for (var i = 0; i < layer.Codebooks.Length; i++)
            lengthened[i / layer.VectorLength * length + i % layer.VectorLength] = layer.Codebooks[i];
        return lengthened;
    }

    /// <summary>[S, c, <paramref name="length"/>]: the same as bytes of value + 128, as in a plane of bytes.</summary>
    public static byte[] Bytes(LutLayer layer, int length) =>
        [.. Lengthen(layer, length).Select(value => (byte)(value + ByteElement.Zero))];
}
