using System.Numerics;
using System.Runtime.CompilerServices;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Fast;

/// <summary>
/// Any legal layer on any processor: a pixel a lane, element by element and centroid by centroid, in the narrowest lanes that are exact.
/// </summary>
internal sealed unsafe class PortableSearch<TLane, TLoad, TMetric> : SearchKernel
    where TLane : unmanaged
    where TLoad : ILane<TLane>
    where TMetric : IMetric
{
    private readonly int _length;
    private readonly int _centroids;
    private readonly AlignedBuffer<int> _offsets;
    private readonly TLane[] _codebooks;

    public PortableSearch(LutLayer layer, LayerGeometry geometry)
    {
        (_length, _centroids) = (layer.VectorLength, layer.CentroidCount);
        _offsets = geometry.ElementOffsets(layer, _length);
        _codebooks = [.. layer.Codebooks.Select(value => TLoad.FromElement(value))];
    }

    public override bool ReadsBytes => false;

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        unchecked
        {
            for (var m = 0; m < lanes; m += Vector<TLane>.Count)
            {
                var nearest = Nearest(subspace, (short*)planes + m);
                for (var i = 0; i < Vector<TLane>.Count; i++)
                    indices[m + i] = (byte)TLoad.ToInt(nearest[i]);
            }
        }
    }

    private Vector<TLane> Nearest(int subspace, short* planes)
    {
        unchecked
        {
            var codebook = _codebooks.AsSpan(subspace * _centroids * _length, _centroids * _length);
            var offsets = _offsets.Span.Slice(subspace * _length, _length);
            var best = Distance(planes, offsets, codebook[..offsets.Length]);
            var nearest = Vector<TLane>.Zero;
            for (var j = 1; j < _centroids; j++)
            {
                var distance = Distance(planes, offsets, codebook.Slice(j * offsets.Length, offsets.Length));
                var nearer = Vector.LessThan(distance, best);
                best = Vector.ConditionalSelect(nearer, distance, best);
                nearest = Vector.ConditionalSelect(nearer, new Vector<TLane>(TLoad.FromElement(j)), nearest);
            }

            return nearest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<TLane> Distance(short* planes, ReadOnlySpan<int> offsets, ReadOnlySpan<TLane> centroid)
    {
        unchecked
        {
            var distance = Vector<TLane>.Zero;
            for (var e = 0; e < offsets.Length; e++)
                distance = TMetric.Add(distance, TLoad.Load(planes + offsets[e]) - new Vector<TLane>(centroid[e]));
            return distance;
        }
    }
}

/// <summary>Chooses the lanes of <see cref="PortableSearch{TLane, TLoad, TMetric}"/>.</summary>
internal static class PortableSearch
{
    public static SearchKernel For(LutLayer layer, LayerGeometry geometry) => layer.Metric switch
    {
        DistanceMetric.L1 => For<ManhattanMetric>(layer, geometry),
        DistanceMetric.L2 => For<EuclideanMetric>(layer, geometry),
        DistanceMetric.Chebyshev => For<ChebyshevMetric>(layer, geometry),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Metric, "This metric has no distance."),
    };

    // A signed lane of n bits holds every distance below 2^(n-1), and with it every difference.
    private static SearchKernel For<TMetric>(LutLayer layer, LayerGeometry geometry)
        where TMetric : IMetric => DistanceBounds.Bits(layer.Metric, layer.ActivationBits, layer.VectorLength) switch
        {
            <= 15 => new PortableSearch<short, ShortLane, TMetric>(layer, geometry),
            <= 31 => new PortableSearch<int, IntLane, TMetric>(layer, geometry),
            _ => new PortableSearch<long, LongLane, TMetric>(layer, geometry),
        };
}
