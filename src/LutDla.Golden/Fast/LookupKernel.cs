namespace LutDla.Golden.Fast;

/// <summary>Sums of table entries for <see cref="LayerGeometry.LaneGroup"/> output pixels and all channels.</summary>
internal abstract unsafe class LookupKernel
{
    /// <summary>Rows beyond the last subspace's that a kernel may use.</summary>
    public const int SpareRows = 3;

    /// <summary>Writes accumulators[n * LaneGroup + i] = sum over s of table[s, indices[s * lanes + i], n].</summary>
    /// <param name="indices">[S + <see cref="SpareRows"/>, lanes], from the group's first lane on; may be rearranged.</param>
    /// <param name="lanes">From one subspace's index to the next one's.</param>
    public abstract void Accumulate(byte* indices, int lanes, int* accumulators);
}
