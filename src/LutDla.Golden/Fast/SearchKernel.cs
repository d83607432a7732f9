namespace LutDla.Golden.Fast;

/// <summary>The nearest centroids of one subspace for many output pixels at once.</summary>
internal abstract unsafe class SearchKernel
{
    /// <summary>Whether planes hold bytes (value + 128) instead of 16-bit values.</summary>
    public abstract bool ReadsBytes { get; }

    /// <summary>Writes the index of the nearest centroid for each of <paramref name="lanes"/> pixels.</summary>
    /// <param name="planes">The planes of <see cref="LayerGeometry"/>, of the element type that <see cref="ReadsBytes"/> says.</param>
    /// <param name="lanes">A multiple of <see cref="LayerGeometry.LaneGroup"/>.</param>
    public abstract void Search(int subspace, void* planes, int lanes, byte* indices);
}
