using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Golden.Fast;

/// <summary>
/// L2 of elements from 0 to 127, as after a rectification, in lanes of 16 bits. The nearest centroid has the largest x·p - |p|²/2 (compare
/// <see cref="EuclideanKeys"/>). An odd |p|² is rounded up to even, so a centroid with one beats one without at equal keys: those are
/// searched first, and a later centroid must be better.
/// </summary>
internal sealed unsafe class Avx512ByteEuclideanSearch : Avx512QuadSearch
{
    private const int HighestElement = 127;

    // Stride where there is one quad.
    private const int QuadStride = 4;

    private readonly bool _ofPairs;

    public Avx512ByteEuclideanSearch(LutLayer layer, LayerGeometry geometry)
        : base(layer, geometry, Length(layer), Keys(layer), Stride(Length(layer)))
    {
        _ofPairs = layer.VectorLength <= 2;
    }

    /// <summary>Whether every key fits in 16 bits.</summary>
    public static bool Serves(LutLayer layer, TensorFacts input)
    {
        if (layer is not { Metric: DistanceMetric.L2, ActivationBits: <= 8 } || input.Minimum < 0 || input.Maximum > HighestElement)
            return false;
        for (var i = 0; i < layer.Codebooks.Length; i += layer.VectorLength)
        {
            var (lowest, highest) = (0, 0);
            foreach (var p in layer.Codebooks.AsSpan().Slice(i, layer.VectorLength))
                (lowest, highest) = (lowest + Math.Min((int)p, 0) * HighestElement, highest + Math.Max((int)p, 0) * HighestElement);
            var constant = (Square(layer.Codebooks.AsSpan().Slice(i, layer.VectorLength)) + 1) / 2;
            if (lowest - constant < short.MinValue || highest - constant > short.MaxValue)
                return false;
        }

        return true;
    }

    protected override void SearchQuads(byte* planes, int* offsets, uint* codebook, int lanes, byte* indices)
    {
        if (_ofPairs)
        {
            SearchPairs(planes, offsets, codebook, lanes, indices);
            return;
        }

        unchecked
        {
            for (var m = 0; m < lanes; m += LayerGeometry.LaneGroup)
            {
                var (low01, high01, low23, high23) = Load(planes + m, offsets);
                var (bestLow, bestHigh) = (Vector512.Create(short.MinValue), Vector512.Create(short.MinValue));
                var nearestLow = Vector512.Create(codebook[QuadStride - 1]).AsInt16();
                var nearestHigh = nearestLow;
                for (var next = codebook; next < codebook + QuadStride * Centroids; next += QuadStride)
                {
                    var (p01, p23) = (Vector512.Create(next[0]).AsSByte(), Vector512.Create(next[1]).AsSByte());
                    var (constant, index) = (Vector512.Create(next[2]).AsInt16(), Vector512.Create(next[3]).AsInt16());
                    var low = Avx512BW.MultiplyAddAdjacent(low01, p01) + (Avx512BW.MultiplyAddAdjacent(low23, p23) + constant);
                    var high = Avx512BW.MultiplyAddAdjacent(high01, p01) + (Avx512BW.MultiplyAddAdjacent(high23, p23) + constant);
                    nearestLow = Vector512.ConditionalSelect(Vector512.GreaterThan(low, bestLow), index, nearestLow);
                    nearestHigh = Vector512.ConditionalSelect(Vector512.GreaterThan(high, bestHigh), index, nearestHigh);
                    bestLow = Vector512.Max(low, bestLow);
                    bestHigh = Vector512.Max(high, bestHigh);
                }

                // Packing undoes the order of unpacking.
                Avx512BW.PackUnsignedSaturate(nearestLow, nearestHigh).Store(indices + m);
            }
        }
    }

    // The same without the second pair, which is zeros.
    private void SearchPairs(byte* planes, int* offsets, uint* codebook, int lanes, byte* indices)
    {
        unchecked
        {
            for (var m = 0; m < lanes; m += LayerGeometry.LaneGroup)
            {
                var (lowPixels, highPixels) = LoadPair(planes + m, offsets);
                var (bestLow, bestHigh) = (Vector512.Create(short.MinValue), Vector512.Create(short.MinValue));
                var nearestLow = Vector512.Create(codebook[QuadStride - 1]).AsInt16();
                var nearestHigh = nearestLow;
                for (var next = codebook; next < codebook + QuadStride * Centroids; next += QuadStride)
                {
                    var p = Vector512.Create(next[0]).AsSByte();
                    var (constant, index) = (Vector512.Create(next[2]).AsInt16(), Vector512.Create(next[3]).AsInt16());
                    var low = Avx512BW.MultiplyAddAdjacent(lowPixels, p) + constant;
                    var high = Avx512BW.MultiplyAddAdjacent(highPixels, p) + constant;
                    nearestLow = Vector512.ConditionalSelect(Vector512.GreaterThan(low, bestLow), index, nearestLow);
                    nearestHigh = Vector512.ConditionalSelect(Vector512.GreaterThan(high, bestHigh), index, nearestHigh);
                    bestLow = Vector512.Max(low, bestLow);
                    bestHigh = Vector512.Max(high, bestHigh);
                }

                Avx512BW.PackUnsignedSaturate(nearestLow, nearestHigh).Store(indices + m);
            }
        }
    }

    protected override void SearchMany(byte* planes, int* offsets, uint* codebook, int lanes, byte* indices)
    {
        unchecked
        {
            var pixels = stackalloc Vector512<byte>[4 * Quads];
            for (var m = 0; m < lanes; m += LayerGeometry.LaneGroup)
            {
                for (var q = 0; q < Quads; q++)
                    (pixels[4 * q], pixels[4 * q + 1], pixels[4 * q + 2], pixels[4 * q + 3]) = Load(planes + m, offsets + q * QuadBytes);
                var (low, high) = NearestOfMany(pixels, codebook);
                Avx512BW.PackUnsignedSaturate(low, high).Store(indices + m);
            }
        }
    }

    // Pairs, constant, index.
    private static int Stride(int length) => length / 2 + 2;

    // [S, c, Stride]: each pair of elements as two bytes, twice; then the key's constant and the index, as 16 bits, twice.
    private static AlignedBuffer<uint> Keys(LutLayer layer)
    {
        var length = Length(layer);
        var elements = Codebooks.Lengthen(layer, length);
        var keys = new AlignedBuffer<uint>(layer.SubspaceCount * layer.CentroidCount * Stride(length));
        var next = 0;
        for (var first = 0; first < layer.SubspaceCount * layer.CentroidCount; first += layer.CentroidCount)
        {
            foreach (var j in Enumerable.Range(0, layer.CentroidCount).OrderBy(j => int.IsEvenInteger(Square(elements, first + j, length))))
            {
                for (var e = 0; e < length; e += 2)
                    keys.Span[next++] = Twice((elements[(first + j) * length + e] & 0xFF) | elements[(first + j) * length + e + 1] << 8);
                keys.Span[next++] = Twice(-((Square(elements, first + j, length) + 1) / 2));
                keys.Span[next++] = Twice(j);
            }
        }

        return keys;
    }

    // 64 pixels of four elements: pairs (0, 1) of the lower and the upper pixels, pairs (2, 3) likewise.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<byte> Low01, Vector512<byte> High01, Vector512<byte> Low23, Vector512<byte> High23) Load(
        byte* planes, int* offsets)
    {
        var (low01, high01) = LoadPair(planes, offsets);
        var (low23, high23) = LoadPair(planes, offsets + 2);
        return (low01, high01, low23, high23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<byte> Low, Vector512<byte> High) LoadPair(byte* planes, int* offsets)
    {
        unchecked
        {
            var zero = Vector512.Create(ByteElement.Zero);
            var (x0, x1) = (Vector512.Load(planes + offsets[0]) ^ zero, Vector512.Load(planes + offsets[1]) ^ zero);
            return (Avx512BW.UnpackLow(x0, x1), Avx512BW.UnpackHigh(x0, x1));
        }
    }

    private (Vector512<short> Low, Vector512<short> High) NearestOfMany(Vector512<byte>* pixels, uint* codebook)
    {
        unchecked
        {
            var (bestLow, bestHigh) = (Vector512.Create(short.MinValue), Vector512.Create(short.MinValue));
            var first = Vector512.Create(codebook[2 * Quads + 1]).AsInt16();
            var (nearestLow, nearestHigh) = (first, first);
            for (var j = 0; j < Centroids; j++)
            {
                var (low, high) = (Vector512<short>.Zero, Vector512<short>.Zero);
                for (var pair = 0; pair < 2 * Quads; pair++)
                {
                    var p = Vector512.Create(*codebook++).AsSByte();
                    low += Avx512BW.MultiplyAddAdjacent(pixels[2 * pair], p);
                    high += Avx512BW.MultiplyAddAdjacent(pixels[2 * pair + 1], p);
                }

                var (constant, index) = (Vector512.Create(*codebook++).AsInt16(), Vector512.Create(*codebook++).AsInt16());
                (low, high) = (low + constant, high + constant);
                nearestLow = Vector512.ConditionalSelect(Vector512.GreaterThan(low, bestLow), index, nearestLow);
                nearestHigh = Vector512.ConditionalSelect(Vector512.GreaterThan(high, bestHigh), index, nearestHigh);
                (bestLow, bestHigh) = (Vector512.Max(low, bestLow), Vector512.Max(high, bestHigh));
            }

            return (nearestLow, nearestHigh);
        }
    }

    private static uint Twice(int value) => (uint)(value & 0xFFFF) * 0x10001u;

    private static int Square(short[] elements, int centroid, int length) => Square(elements.AsSpan(centroid * length, length));

    private static int Square(ReadOnlySpan<short> centroid)
    {
        var sum = 0;
        foreach (var p in centroid)
            sum += p * p;
        return sum;
    }
}
