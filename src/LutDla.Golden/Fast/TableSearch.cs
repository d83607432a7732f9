namespace LutDla.Golden.Fast;

/// <summary>Sub-vectors of one element of at most 8 bits: the answer to each of the 256 values is looked up.</summary>
internal sealed unsafe class TableSearch : SearchKernel
{
    private readonly int[] _offsets;
    private readonly AlignedBuffer<byte> _answers;

    public TableSearch(LutLayer layer, LayerGeometry geometry)
    {
        _offsets = geometry.ElementOffsets(1);
        _answers = new AlignedBuffer<byte>(layer.SubspaceCount * 256);
        for (var i = 0; i < _answers.Length; i++)
        {
            var codebook = layer.Codebooks.AsSpan().Slice(i / 256 * layer.CentroidCount, layer.CentroidCount);
            _answers.Span[i] = (byte)GoldenSearch.Nearest(layer.Metric, [(short)(i % 256 - ByteElement.Zero)], codebook).Index;
        }
    }

    public override bool ReadsBytes => true;

    public static bool Serves(LutLayer layer) => layer is { VectorLength: 1, ActivationBits: <= 8 };

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        unchecked
        {
            var values = (byte*)planes + _offsets[subspace];
            var answers = _answers.Pointer + subspace * 256;
            for (var m = 0; m < lanes; m++)
                indices[m] = answers[values[m]];
        }
    }
}
