using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>L2 by <see cref="EuclideanKeys"/>: a product of two pairs of elements for 16 pixels an instruction.</summary>
internal sealed unsafe class Avx512EuclideanSearch : SearchKernel
{
    private readonly EuclideanKeys _keys;
    private readonly int _centroids;
    private readonly AlignedBuffer<int> _offsets;

    public Avx512EuclideanSearch(LutLayer layer, LayerGeometry geometry)
    {
        _keys = new EuclideanKeys(layer);
        _centroids = layer.CentroidCount;
        _offsets = geometry.ElementOffsets(layer, _keys.Length);
    }

    public override bool ReadsBytes => false;

    public override void Search(int subspace, void* planes, int lanes, byte* indices)
    {
        unchecked
        {
            var length = _keys.Length;
            var offsets = _offsets.Pointer + subspace * length;
            var pairs = _keys.Pairs.Pointer + subspace * _centroids * length / 2;
            var constants = _keys.Constants.Pointer + subspace * _centroids;
            var pixels = stackalloc Vector512<short>[length];
            for (var m = 0; m < lanes; m += Vector512<short>.Count)
            {
                for (var e = 0; e < length; e += 2)
                {
                    var (x0, x1) = (Vector512.Load((short*)planes + m + offsets[e]), Vector512.Load((short*)planes + m + offsets[e + 1]));
                    (pixels[e], pixels[e + 1]) = (Avx512BW.UnpackLow(x0, x1), Avx512BW.UnpackHigh(x0, x1));
                }

                var (low, high) = length == 4 ? LargestOfFour(pixels, pairs, constants) : Largest(pixels, pairs, constants);
                var mask = Vector512.Create(_keys.IndexMask);
                var words = Avx512BW.PackUnsignedSaturate(Vector512.AndNot(mask, low), Vector512.AndNot(mask, high));
                Avx512BW.ConvertToVector256Byte(words).Store(indices + m);
            }
        }
    }

    private (Vector512<int> Low, Vector512<int> High) LargestOfFour(Vector512<short>* pixels, int* pairs, int* constants)
    {
        unchecked
        {
            var (low01, high01, low23, high23) = (pixels[0], pixels[1], pixels[2], pixels[3]);
            var (low, high) = (Vector512.Create(int.MinValue), Vector512.Create(int.MinValue));
            for (var j = 0; j < _centroids; j++)
            {
                var (p01, p23) = (Vector512.Create(pairs[2 * j]).AsInt16(), Vector512.Create(pairs[2 * j + 1]).AsInt16());
                var constant = Vector512.Create(constants[j]);
                low = Vector512.Max(
                    low, Avx512BW.MultiplyAddAdjacent(low01, p01) + Avx512BW.MultiplyAddAdjacent(low23, p23) + constant);
                high = Vector512.Max(
                    high, Avx512BW.MultiplyAddAdjacent(high01, p01) + Avx512BW.MultiplyAddAdjacent(high23, p23) + constant);
            }

            return (low, high);
        }
    }

    private (Vector512<int> Low, Vector512<int> High) Largest(Vector512<short>* pixels, int* pairs, int* constants)
    {
        unchecked
        {
            var (low, high) = (Vector512.Create(int.MinValue), Vector512.Create(int.MinValue));
            for (var j = 0; j < _centroids; j++)
            {
                var keyLow = Vector512.Create(constants[j]);
                var keyHigh = keyLow;
                for (var e = 0; e < _keys.Length; e += 2)
                {
                    var pair = Vector512.Create(*pairs++).AsInt16();
                    keyLow += Avx512BW.MultiplyAddAdjacent(pixels[e], pair);
                    keyHigh += Avx512BW.MultiplyAddAdjacent(pixels[e + 1], pair);
                }

                low = Vector512.Max(low, keyLow);
                high = Vector512.Max(high, keyHigh);
            }

            return (low, high);
        }
    }
}
