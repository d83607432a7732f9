using System.Numerics;
using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>Any legal layer on any processor: a weight times the pixels of a register.</summary>
internal sealed unsafe class PortableProduct : ProductKernel
{
    private readonly ExactLayer _layer;

    // [N, K]: where lane 0 of the weight's input lies.
    private readonly AlignedBuffer<int> _offsets;

    public PortableProduct(ExactLayer layer, LayerGeometry geometry)
    {
        _layer = layer;
        _offsets = new AlignedBuffer<int>(layer.Weights.Length);
        for (var i = 0; i < _offsets.Length; i++)
        {
            var (n, k) = (i / layer.Length, i % layer.Length);
            _offsets.Span[i] = geometry.Element(layer.FirstInput(n) + k / layer.Window.Area, k % layer.Window.Area);
        }
    }

    public override void Accumulate(short* planes, short* pairs, int* accumulators)
    {
        unchecked
        {
            for (var n = 0; n < _layer.OutputChannels; n++)
            {
                for (var i = 0; i < LayerGeometry.LaneGroup; i += Vector<int>.Count)
                    Sum(planes + i, n).Store(accumulators + n * LayerGeometry.LaneGroup + i);
            }
        }
    }

    private Vector<int> Sum(short* planes, int channel)
    {
        unchecked
        {
            var sum = Vector<int>.Zero;
            for (var i = channel * _layer.Length; i < (channel + 1) * _layer.Length; i++)
                sum += IntLane.Load(planes + _offsets.Pointer[i]) * _layer.Weights[i];
            return sum;
        }
    }
}
