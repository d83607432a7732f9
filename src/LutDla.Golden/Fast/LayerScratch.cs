namespace LutDla.Golden.Fast;

/// <summary>Memory that one thread needs while a layer runs; it keeps nothing between layers but the zeros around images.</summary>
internal sealed class LayerScratch
{
    /// <summary>The planes of <see cref="LayerGeometry"/>, as 16-bit values; padding is 0.</summary>
    public AlignedBuffer<short> Planes { get; init; } = new(0);

    /// <summary>The same as bytes; padding is <see cref="ByteElement.Zero"/>.</summary>
    public AlignedBuffer<byte> BytePlanes { get; init; } = new(0);

    /// <summary>[S, lanes], and the rows of a last group of subspaces that is not full.</summary>
    public AlignedBuffer<byte> Indices { get; init; } = new(0);

    /// <summary>What a <see cref="ProductKernel"/> makes of a group of lanes.</summary>
    public AlignedBuffer<short> Pairs { get; init; } = new(0);

    /// <summary>[N, <see cref="LayerGeometry.LaneGroup"/>].</summary>
    public AlignedBuffer<int> Accumulators { get; init; } = new(0);
}
