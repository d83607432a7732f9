using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>
/// Pairs of inputs side by side: an instruction multiplies two weights with those of 16 pixels and adds the products to 32 bits. The pairs
/// of a group of lanes are made once for all output channels.
/// </summary>
internal sealed unsafe class Avx512Product : ProductKernel
{
    private const int PairStride = 2 * LayerGeometry.LaneGroup;

    private readonly int _channels;
    private readonly int _channelsOfGroup;

    // Of one group; an odd number of inputs is filled up with a plane of zeros.
    private readonly int _pairs;

    // [groups, pairs, 2]: where lane 0 of each input lies.
    private readonly AlignedBuffer<int> _offsets;

    // [N, pairs]: two weights each.
    private readonly AlignedBuffer<int> _weights;

    public Avx512Product(ExactLayer layer, LayerGeometry geometry)
    {
        (_channels, _channelsOfGroup) = (layer.OutputChannels, layer.OutputChannels / layer.Groups);
        _pairs = (layer.Length + 1) / 2;
        _offsets = new AlignedBuffer<int>(layer.Groups * _pairs * 2);
        for (var i = 0; i < _offsets.Length; i++)
        {
            var (channel, k) = (i / (2 * _pairs) * layer.GroupChannels, i % (2 * _pairs));
            _offsets.Span[i] = k < layer.Length
                ? geometry.Element(channel + k / layer.Window.Area, k % layer.Window.Area)
                : geometry.ZeroPlane;
        }

        _weights = new AlignedBuffer<int>(_channels * _pairs);
        var halves = new Span<short>(_weights.Pointer, 2 * _weights.Length);
        for (var i = 0; i < layer.Weights.Length; i++)
            halves[i / layer.Length * 2 * _pairs + i % layer.Length] = layer.Weights[i];
    }

    public override int PairElements => _offsets.Length / 2 * PairStride;

    public override void Accumulate(short* planes, short* pairs, int* accumulators)
    {
        unchecked
        {
            for (var i = 0; i < _offsets.Length; i += 2)
                Interleave(planes + _offsets.Pointer[i], planes + _offsets.Pointer[i + 1], pairs + i / 2 * PairStride);
            for (var n = 0; n < _channels; n++)
                Sum(n, pairs + n / _channelsOfGroup * _pairs * PairStride, accumulators + n * LayerGeometry.LaneGroup);
        }
    }

    private static void Interleave(short* a, short* b, short* pairs)
    {
        unchecked
        {
            // Element i of the first table is number i, of the second one 32 + i.
            var low = Vector512.Create(
                (short)0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39,
                8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47);
            var high = low + Vector512.Create((short)16);
            for (var i = 0; i < LayerGeometry.LaneGroup; i += Vector512<short>.Count)
            {
                var (x, y) = (Vector512.Load(a + i), Vector512.Load(b + i));
                Avx512BW.PermuteVar32x16x2(x, low, y).StoreAligned(pairs + 2 * i);
                Avx512BW.PermuteVar32x16x2(x, high, y).StoreAligned(pairs + 2 * i + Vector512<short>.Count);
            }
        }
    }

    private void Sum(int channel, short* pairs, int* accumulators)
    {
        unchecked
        {
            Vector512<int> a = default, b = default, c = default, d = default;
            var weights = _weights.Pointer + channel * _pairs;
            for (var i = 0; i < _pairs; i++)
            {
                var weight = Vector512.Create(weights[i]).AsInt16();
                a += Avx512BW.MultiplyAddAdjacent(Vector512.LoadAligned(pairs), weight);
                b += Avx512BW.MultiplyAddAdjacent(Vector512.LoadAligned(pairs + Vector512<short>.Count), weight);
                c += Avx512BW.MultiplyAddAdjacent(Vector512.LoadAligned(pairs + 2 * Vector512<short>.Count), weight);
                d += Avx512BW.MultiplyAddAdjacent(Vector512.LoadAligned(pairs + 3 * Vector512<short>.Count), weight);
                pairs += PairStride;
            }

            a.Store(accumulators);
            b.Store(accumulators + Vector512<int>.Count);
            c.Store(accumulators + 2 * Vector512<int>.Count);
            d.Store(accumulators + 3 * Vector512<int>.Count);
        }
    }
}
