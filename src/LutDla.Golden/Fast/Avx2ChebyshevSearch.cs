using System.Runtime.Intrinsics;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Fast;

/// <summary>Chebyshev of at most 8-bit elements: every distance fits in a byte, so a register searches for 32 pixels.</summary>
internal sealed unsafe class Avx2ChebyshevSearch : SearchKernel
{
    private readonly int _centroids;
    private readonly int _length;
    private readonly AlignedBuffer<int> _offsets;
    private readonly byte[] _codebooks;

    public Avx2ChebyshevSearch(LutLayer layer, LayerGeometry geometry)
    {
        (_centroids, _length) = (layer.CentroidCount, layer.VectorLength);
        _offsets = geometry.ElementOffsets(layer, _length);
        _codebooks = Codebooks.Bytes(layer, _length);
    }

    public override bool ReadsBytes => true;

    public static bool Serves(LutLayer layer) => layer is { Metric: DistanceMetric.Chebyshev, ActivationBits: <= 8 };

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        unchecked
        {
            for (var m = 0; m < lanes; m += Vector256<byte>.Count)
                Nearest((byte*)planes + m, subspace).Store(indices + m);
        }
    }

    private Vector256<byte> Nearest(byte* pixels, int subspace)
    {
        unchecked
        {
            var codebook = _codebooks.AsSpan(subspace * _centroids * _length, _centroids * _length);
            var offsets = _offsets.Span.Slice(subspace * _length, _length);
            var best = Vector256<byte>.AllBitsSet;
            var (nearest, index) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
            for (var j = 0; j < _centroids; j++)
            {
                var distance = Vector256<byte>.Zero;
                for (var e = 0; e < offsets.Length; e++)
                {
                    var (x, p) = (Vector256.Load(pixels + offsets[e]), Vector256.Create(codebook[j * offsets.Length + e]));
                    distance = Vector256.Max(distance, Vector256.Max(x, p) - Vector256.Min(x, p));
                }

                nearest = Vector256.ConditionalSelect(Vector256.LessThan(distance, best), index, nearest);
                best = Vector256.Min(best, distance);
                index += Vector256<byte>.One;
            }

            return nearest;
        }
    }
}
