namespace LutDla.Golden.Fast;

/// <summary>Sums of table entries for <see cref="LayerGeometry.LaneGroup"/> output pixels and all channels.</summary>
internal abstract unsafe class LookupKernel
{
    /// <summary>Subspaces that a kernel may take together.</summary>
    public const int SubspaceGroup = 4;

    /// <summary>Rows beyond the last subspace's that a kernel may use.</summary>
    public const int SpareRows = SubspaceGroup - 1;

    /// <summary>Writes accumulators[n * LaneGroup + i] = sum over s of table[s, indices[s * lanes + i], n].</summary>
    /// <param name="indices">[S + <see cref="SpareRows"/>, lanes], from the group's first lane on; may be rearranged.</param>
    /// <param name="lanes">From one subspace's index to the next one's.</param>
    /// <param name="count">How many of the group's lanes are asked for, from the first on; a kernel may do more.</param>
    public abstract void Accumulate(byte* indices, int lanes, int count, int* accumulators);
}
