using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>
/// Searches of byte elements, four of them in 32 bits. Sub-vectors of one quad have a form of their own, without memory between its steps.
/// </summary>
/// <param name="length">Elements of a sub-vector, rounded up to quads.</param>
/// <param name="codebooks">[S, c, <paramref name="stride"/>].</param>
/// <param name="stride">From one centroid to the next.</param>
internal abstract unsafe class Avx512QuadSearch(
    LutLayer layer, LayerGeometry geometry, int length, AlignedBuffer<uint> codebooks, int stride) : SearchKernel
{
    protected const int QuadBytes = 4;

    private readonly AlignedBuffer<int> _offsets = geometry.ElementOffsets(layer, length);
    private readonly AlignedBuffer<uint> _codebooks = codebooks;

    public override bool ReadsBytes => true;

    protected int Centroids { get; } = layer.CentroidCount;

    protected int Quads { get; } = length / QuadBytes;

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        var offsets = _offsets.Pointer + subspace * Quads * QuadBytes;
        var codebook = _codebooks.Pointer + subspace * Centroids * stride;
        if (Quads == 1)
            SearchQuads((byte*)planes, offsets, codebook, lanes, indices);
        else
            SearchMany((byte*)planes, offsets, codebook, lanes, indices);
    }

    /// <summary>Elements of a sub-vector, rounded up to quads.</summary>
    protected static int Length(LutLayer layer) => (layer.VectorLength + QuadBytes - 1) / QuadBytes * QuadBytes;

    protected abstract void SearchQuads(byte* planes, int* offsets, uint* codebook, int lanes, byte* indices);

    protected abstract void SearchMany(byte* planes, int* offsets, uint* codebook, int lanes, byte* indices);
}
