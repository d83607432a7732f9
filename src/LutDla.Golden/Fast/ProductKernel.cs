namespace LutDla.Golden.Fast;

/// <summary>
/// Sums of products for <see cref="LayerGeometry.LaneGroup"/> output pixels and all channels, in 32-bit lanes: a legal layer's sums fit in
/// them.
/// </summary>
internal abstract unsafe class ProductKernel
{
    /// <summary>Elements of the scratch that <see cref="Accumulate"/> takes.</summary>
    public virtual int PairElements => 0;

    /// <summary>Writes accumulators[n * LaneGroup + i] = sum over k of weight[n, k] · x[i, k].</summary>
    /// <param name="planes">16-bit planes of <see cref="LayerGeometry"/>, from the group's first lane on.</param>
    public abstract void Accumulate(short* planes, short* pairs, int* accumulators);
}
