namespace LutDla.Golden.Fast;

/// <summary>Sums of table entries for all output pixels and channels.</summary>
internal abstract unsafe class LookupKernel
{
    /// <summary>Writes accumulators[n * lanes + m] = sum over s of table[s, indices[s * lanes + m], n] for every output pixel's lane m.</summary>
    public abstract void Accumulate(LayerGeometry geometry, byte* indices, int* accumulators);
}
