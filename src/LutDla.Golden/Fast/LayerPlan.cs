namespace LutDla.Golden.Fast;

/// <summary>Memory that one thread needs while a LUT layer runs; it keeps nothing between layers but the zeros around images.</summary>
internal sealed class LayerScratch(LayerPlan? layer)
{
    /// <summary>The planes of <see cref="LayerGeometry"/>, as 16-bit values; padding is 0.</summary>
    public AlignedBuffer<short> Planes { get; } = new(layer is { ReadsBytes: false } ? layer.Geometry.PlaneElements : 0);

    /// <summary>The same as bytes; padding is <see cref="ByteElement.Zero"/>.</summary>
    public AlignedBuffer<byte> BytePlanes { get; } = Zeroed(layer is { ReadsBytes: true } ? layer.Geometry.PlaneElements : 0);

    private static AlignedBuffer<byte> Zeroed(int length)
    {
        var buffer = new AlignedBuffer<byte>(length);
        buffer.Span.Fill(ByteElement.Zero);
        return buffer;
    }

    /// <summary>[S, lanes], and the rows of a last group of subspaces that is not full.</summary>
    public AlignedBuffer<byte> Indices { get; } = new(layer is null ? 0 : (layer.SubspaceCount + LookupKernel.SpareRows) * layer.Geometry.Lanes);

    /// <summary>[N, <see cref="LayerGeometry.LaneGroup"/>].</summary>
    public AlignedBuffer<int> Accumulators { get; } = new(layer is null ? 0 : layer.Geometry.Output.Channels * LayerGeometry.LaneGroup);
}

/// <summary>A LUT layer in fast form: pack, search a subspace at a time, then look up and rescale a group of lanes at a time.</summary>
internal sealed unsafe class LayerPlan : NodePlan
{
    private readonly SearchKernel _search;
    private readonly LookupKernel _lookup;
    private readonly RescaleStep _rescale;

    public LayerPlan(LutLayer layer, TensorFacts input, EngineVariant variant)
    {
        Geometry = new LayerGeometry(layer, input.Shape);
        SubspaceCount = layer.SubspaceCount;
        var bounds = OverflowProof.Bounds(layer);
        _search = variant.Search(layer, input, Geometry);
        _lookup = variant.Lookup(layer, new AccumulatorBounds(bounds.Min(b => b.Lowest), bounds.Max(b => b.Highest)));
        _rescale = new RescaleStep(layer, bounds);
    }

    public LayerGeometry Geometry { get; }

    public int SubspaceCount { get; }

    public bool ReadsBytes => _search.ReadsBytes;

    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => Geometry.Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        if (ReadsBytes)
            PlanePacker.Pack<byte, ByteElement>(Geometry, inputs[0], scratch.BytePlanes.Pointer);
        else
            PlanePacker.Pack<short, ShortElement>(Geometry, inputs[0], scratch.Planes.Pointer);
        var planes = ReadsBytes ? scratch.BytePlanes.Pointer : (void*)scratch.Planes.Pointer;
        var indices = scratch.Indices.Pointer;
        for (var s = 0; s < SubspaceCount; s++)
            _search.Search(s, planes, Geometry.Lanes, indices + s * Geometry.Lanes);
        for (var lane = 0; lane < Geometry.Lanes; lane += LayerGeometry.LaneGroup)
        {
            var count = Math.Min(LayerGeometry.LaneGroup, Geometry.UsedLanes - lane);
            _lookup.Accumulate(indices + lane, Geometry.Lanes, count, scratch.Accumulators.Pointer);
            _rescale.Run(scratch.Accumulators.Pointer, output, lane, count);
        }
    }
}
