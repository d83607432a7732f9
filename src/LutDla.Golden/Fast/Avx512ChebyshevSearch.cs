using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Fast;

/// <summary>Chebyshev of at most 8-bit elements: every distance fits in a byte, so a register searches for 64 pixels.</summary>
internal sealed unsafe class Avx512ChebyshevSearch : SearchKernel
{
    private const int Group = 4;

    private readonly int _centroids;
    private readonly int _length;
    private readonly AlignedBuffer<int> _offsets;

    // [S, c, length]: the byte four times, which is cheaper to spread over a register than one byte.
    private readonly AlignedBuffer<uint> _codebooks;

    public Avx512ChebyshevSearch(LutLayer layer, LayerGeometry geometry)
    {
        _centroids = layer.CentroidCount;
        _length = (layer.VectorLength + Group - 1) / Group * Group;
        _offsets = geometry.ElementOffsets(layer, _length);
        var bytes = Codebooks.Bytes(layer, _length);
        _codebooks = new AlignedBuffer<uint>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
            _codebooks.Span[i] = bytes[i] * 0x01010101u;
    }

    public override bool ReadsBytes => true;

    public static bool Serves(LutLayer layer) => layer is { Metric: DistanceMetric.Chebyshev, ActivationBits: <= 8 };

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        unchecked
        {
            var offsets = _offsets.Pointer + subspace * _length;
            var codebook = _codebooks.Pointer + subspace * _centroids * _length;
            for (var m = 0; m < lanes; m += LayerGeometry.LaneGroup)
            {
                var pixels = (byte*)planes + m;
                (_length == Group ? Nearest(pixels, offsets, codebook) : NearestOfMany(pixels, offsets, codebook)).Store(indices + m);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<byte> Nearest(byte* pixels, int* offsets, uint* codebook)
    {
        unchecked
        {
            var (x0, x1) = (Vector512.Load(pixels + offsets[0]), Vector512.Load(pixels + offsets[1]));
            var (x2, x3) = (Vector512.Load(pixels + offsets[2]), Vector512.Load(pixels + offsets[3]));
            var best = Vector512<byte>.AllBitsSet;
            var (nearest, index) = (Vector512<byte>.Zero, Vector512<byte>.Zero);
            for (var j = 0; j < _centroids; j++)
            {
                var distance = Vector512.Max(
                    Vector512.Max(Difference(x0, codebook[0]), Difference(x1, codebook[1])),
                    Vector512.Max(Difference(x2, codebook[2]), Difference(x3, codebook[3])));
                nearest = Vector512.ConditionalSelect(Vector512.LessThan(distance, best), index, nearest);
                best = Vector512.Min(best, distance);
                index += Vector512<byte>.One;
                codebook += Group;
            }

            return nearest;
        }
    }

    private Vector512<byte> NearestOfMany(byte* pixels, int* offsets, uint* codebook)
    {
        unchecked
        {
            var best = Vector512<byte>.AllBitsSet;
            var (nearest, index) = (Vector512<byte>.Zero, Vector512<byte>.Zero);
            for (var j = 0; j < _centroids; j++)
            {
                var distance = Vector512<byte>.Zero;
                for (var e = 0; e < _length; e++)
                    distance = Vector512.Max(distance, Difference(Vector512.Load(pixels + offsets[e]), *codebook++));
                nearest = Vector512.ConditionalSelect(Vector512.LessThan(distance, best), index, nearest);
                best = Vector512.Min(best, distance);
                index += Vector512<byte>.One;
            }

            return nearest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Difference(Vector512<byte> pixels, uint element)
    {
        var centroid = Vector512.Create(element).AsByte();
        return unchecked(Vector512.Max(pixels, centroid) - Vector512.Min(pixels, centroid));
    }
}
