using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Fast;

/// <summary>
/// L1 of at most 8-bit elements. VDBPSADBW sums the absolute differences of four bytes; of its four results in 64 bits, one of the first
/// two and one of the last two are the distances of two pixels, if their bytes are rotated to match the window that the result looks at.
/// Two such registers, one with its results in the even words and one in the odd words, give 32 distances of 16 bits.
/// </summary>
internal sealed unsafe class Avx512ManhattanSearch : Avx512QuadSearch
{
    // Rotations that make word 0 and word 2 (even), or word 1 and word 3 (odd), of each 64 bits compare an element with its own centroid
    // element.
    private static readonly Vector512<uint> EvenRotation = Vector512.Create(0x0000_0010_0000_0000UL).AsUInt32();
    private static readonly Vector512<uint> OddRotation = Vector512.Create(0x0000_0018_0000_0008UL).AsUInt32();
    private static readonly Vector512<ushort> EvenWords = Vector512.Create(0x0000FFFF).AsUInt16();

    // Unpacking leaves pixels 0, 4, 1, 5, 2, 6, 3, 7 side by side.
    private static readonly Vector512<byte> PixelOrder = Vector512.Create(
        Vector256.Create(Vector128.Create((byte)0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15)));

    public Avx512ManhattanSearch(LutLayer layer, LayerGeometry geometry)
        : base(layer, geometry, Length(layer), Quadruples(layer), Length(layer) / QuadBytes)
    {
    }

    public static bool Serves(LutLayer layer) => layer is { Metric: DistanceMetric.L1, ActivationBits: <= 8 };

    protected override void SearchQuads(byte* planes, int* offsets, uint* codebook, int lanes, byte* indices)
    {
        unchecked
        {
            for (var m = 0; m < lanes; m += LayerGeometry.LaneGroup)
            {
                var (x0, x1, x2, x3) = Load(planes + m, offsets);
                var centroid = Vector512.Create(codebook[0]).AsByte();
                var (best0, best1) = (Distances(x0, x1, centroid), Distances(x2, x3, centroid));
                var (nearest0, nearest1, index) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero, Vector512<ushort>.One);
                for (var j = 1; j < Centroids; j++)
                {
                    centroid = Vector512.Create(codebook[j]).AsByte();
                    var (distance0, distance1) = (Distances(x0, x1, centroid), Distances(x2, x3, centroid));
                    nearest0 = Vector512.ConditionalSelect(Vector512.LessThan(distance0, best0), index, nearest0);
                    nearest1 = Vector512.ConditionalSelect(Vector512.LessThan(distance1, best1), index, nearest1);
                    best0 = Vector512.Min(best0, distance0);
                    best1 = Vector512.Min(best1, distance1);
                    index += Vector512<ushort>.One;
                }

                Pack(nearest0, nearest1).Store(indices + m);
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
                Pack(low, high).Store(indices + m);
            }
        }
    }

    // [S, c, quads].
    private static AlignedBuffer<uint> Quadruples(LutLayer layer)
    {
        var bytes = Codebooks.Bytes(layer, Length(layer));
        var quadruples = new AlignedBuffer<uint>(bytes.Length / QuadBytes);
        for (var i = 0; i < quadruples.Length; i++)
            quadruples.Span[i] = BitConverter.ToUInt32(bytes, i * QuadBytes);
        return quadruples;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Pack(Vector512<ushort> low, Vector512<ushort> high) =>
        Avx512BW.Shuffle(Avx512BW.PackUnsignedSaturate(low.AsInt16(), high.AsInt16()), PixelOrder);

    // 64 pixels of four elements each: two pairs of registers, the pixels of a pair in even and in odd words.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<byte> Even0, Vector512<byte> Odd0, Vector512<byte> Even1, Vector512<byte> Odd1) Load(
        byte* planes, int* offsets)
    {
        unchecked
        {
            var (x0, x1) = (Vector512.Load(planes + offsets[0]), Vector512.Load(planes + offsets[1]));
            var (x2, x3) = (Vector512.Load(planes + offsets[2]), Vector512.Load(planes + offsets[3]));
            var (low01, high01) = (Avx512BW.UnpackLow(x0, x1).AsUInt16(), Avx512BW.UnpackHigh(x0, x1).AsUInt16());
            var (low23, high23) = (Avx512BW.UnpackLow(x2, x3).AsUInt16(), Avx512BW.UnpackHigh(x2, x3).AsUInt16());
            return (
                Rotate(Avx512BW.UnpackLow(low01, low23), EvenRotation), Rotate(Avx512BW.UnpackHigh(low01, low23), OddRotation),
                Rotate(Avx512BW.UnpackLow(high01, high23), EvenRotation), Rotate(Avx512BW.UnpackHigh(high01, high23), OddRotation));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Rotate(Vector512<ushort> pixels, Vector512<uint> rotation) =>
        Avx512F.RotateRightVariable(pixels.AsUInt32(), rotation).AsByte();

    private (Vector512<ushort> Low, Vector512<ushort> High) NearestOfMany(Vector512<byte>* pixels, uint* codebook)
    {
        unchecked
        {
            var (best0, best1) = (Vector512<ushort>.AllBitsSet, Vector512<ushort>.AllBitsSet);
            var (nearest0, nearest1, index) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero, Vector512<ushort>.Zero);
            for (var j = 0; j < Centroids; j++)
            {
                var (distance0, distance1) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero);
                for (var q = 0; q < Quads; q++)
                {
                    var centroid = Vector512.Create(codebook[j * Quads + q]).AsByte();
                    distance0 += Distances(pixels[4 * q], pixels[4 * q + 1], centroid);
                    distance1 += Distances(pixels[4 * q + 2], pixels[4 * q + 3], centroid);
                }

                nearest0 = Vector512.ConditionalSelect(Vector512.LessThan(distance0, best0), index, nearest0);
                nearest1 = Vector512.ConditionalSelect(Vector512.LessThan(distance1, best1), index, nearest1);
                best0 = Vector512.Min(best0, distance0);
                best1 = Vector512.Min(best1, distance1);
                index += Vector512<ushort>.One;
            }

            return (nearest0, nearest1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Distances(
        Vector512<byte> even, Vector512<byte> odd, Vector512<byte> centroid) => Vector512.ConditionalSelect(
        EvenWords,
        Avx512BW.SumAbsoluteDifferencesInBlock32(even, centroid, 0),
        Avx512BW.SumAbsoluteDifferencesInBlock32(odd, centroid, 0));
}
