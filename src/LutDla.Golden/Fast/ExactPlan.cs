using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>An exact layer in fast form: pack, then multiply and rescale a group of lanes at a time.</summary>
internal sealed unsafe class ExactPlan : NodePlan
{
    private readonly LayerGeometry _geometry;
    private readonly ProductKernel _product;
    private readonly RescaleKernel _rescale;

    public ExactPlan(ExactLayer layer, TensorFacts input, EngineVariant variant)
    {
        _geometry = new LayerGeometry(layer.Window, layer.OutputChannels, input.Shape);
        _product = variant.Product(layer, _geometry);
        _rescale = new RescaleKernel(
            layer.Rescale, OverflowProof.Bounds(layer, input.Minimum, input.Maximum), variant >= EngineVariant.Avx512);
    }

    public override LayerScratch NewScratch() => new()
    {
        Planes = new(_geometry.PlaneElements), Pairs = new(_product.PairElements),
        Accumulators = new(_geometry.Output.Channels * LayerGeometry.LaneGroup),
    };

    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => _geometry.Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        PlanePacker.Pack<short, ShortElement>(_geometry, inputs[0], scratch.Planes.Pointer);
        for (var lane = 0; lane < _geometry.Lanes; lane += LayerGeometry.LaneGroup)
        {
            _product.Accumulate(scratch.Planes.Pointer + lane, scratch.Pairs.Pointer, scratch.Accumulators.Pointer);
            _rescale.Run(scratch.Accumulators.Pointer, output, lane, Math.Min(LayerGeometry.LaneGroup, _geometry.UsedLanes - lane));
        }
    }
}
