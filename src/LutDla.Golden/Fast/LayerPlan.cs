using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>A LUT layer in fast form: pack, search a subspace at a time, then look up and rescale a group of lanes at a time.</summary>
internal sealed unsafe class LayerPlan : NodePlan
{
    private readonly LayerGeometry _geometry;
    private readonly int _subspaces;
    private readonly SearchKernel _search;
    private readonly LookupKernel _lookup;
    private readonly RescaleKernel _rescale;

    public LayerPlan(LutLayer layer, TensorFacts input, EngineVariant variant)
    {
        _geometry = new LayerGeometry(layer.Window, layer.OutputChannels, input.Shape);
        _subspaces = layer.SubspaceCount;
        var bounds = OverflowProof.Bounds(layer);
        _search = variant.Search(layer, input, _geometry);
        _lookup = variant.Lookup(layer, new AccumulatorBounds(bounds.Min(b => b.Lowest), bounds.Max(b => b.Highest)));
        _rescale = new RescaleKernel(layer.Rescale, bounds, variant >= EngineVariant.Avx512);
    }

    public override LayerScratch NewScratch() => new()
    {
        Planes = new(_search.ReadsBytes ? 0 : _geometry.PlaneElements),
        BytePlanes = ZeroBytes(_search.ReadsBytes ? _geometry.PlaneElements : 0),
        Indices = new((_subspaces + LookupKernel.SpareRows) * _geometry.Lanes),
        Accumulators = new(_geometry.Output.Channels * LayerGeometry.LaneGroup),
    };

    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => _geometry.Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        if (_search.ReadsBytes)
            PlanePacker.Pack<byte, ByteElement>(_geometry, inputs[0], scratch.BytePlanes.Pointer);
        else
            PlanePacker.Pack<short, ShortElement>(_geometry, inputs[0], scratch.Planes.Pointer);
        var planes = _search.ReadsBytes ? scratch.BytePlanes.Pointer : (void*)scratch.Planes.Pointer;
        var indices = scratch.Indices.Pointer;
        for (var s = 0; s < _subspaces; s++)
            _search.Search(s, planes, _geometry.Lanes, indices + s * _geometry.Lanes);
        for (var lane = 0; lane < _geometry.Lanes; lane += LayerGeometry.LaneGroup)
        {
            var count = Math.Min(LayerGeometry.LaneGroup, _geometry.UsedLanes - lane);
            _lookup.Accumulate(indices + lane, _geometry.Lanes, count, scratch.Accumulators.Pointer);
            _rescale.Run(scratch.Accumulators.Pointer, output, lane, count);
        }
    }

    private static AlignedBuffer<byte> ZeroBytes(int length)
    {
        var buffer = new AlignedBuffer<byte>(length);
        buffer.Span.Fill(ByteElement.Zero);
        return buffer;
    }
}
