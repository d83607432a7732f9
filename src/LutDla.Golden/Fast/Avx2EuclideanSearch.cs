using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>L2 by <see cref="EuclideanKeys"/>: a product of two pairs of elements for 8 pixels an instruction.</summary>
internal sealed unsafe class Avx2EuclideanSearch : SearchKernel
{
    private readonly EuclideanKeys _keys;
    private readonly int _centroids;
    private readonly AlignedBuffer<int> _offsets;

    public Avx2EuclideanSearch(LutLayer layer, LayerGeometry geometry)
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
            var pixels = stackalloc Vector256<short>[length];
            for (var m = 0; m < lanes; m += Vector256<short>.Count)
            {
                for (var e = 0; e < length; e += 2)
                {
                    var (x0, x1) = (Vector256.Load((short*)planes + m + offsets[e]), Vector256.Load((short*)planes + m + offsets[e + 1]));
                    (pixels[e], pixels[e + 1]) = (Avx2.UnpackLow(x0, x1), Avx2.UnpackHigh(x0, x1));
                }

                Nearest(pixels, subspace).Store(indices + m);
            }
        }
    }

    private Vector128<byte> Nearest(Vector256<short>* pixels, int subspace)
    {
        unchecked
        {
            var pairs = _keys.Pairs.Pointer + subspace * _centroids * _keys.Length / 2;
            var constants = _keys.Constants.Pointer + subspace * _centroids;
            var (low, high) = (Vector256.Create(int.MinValue), Vector256.Create(int.MinValue));
            for (var j = 0; j < _centroids; j++)
            {
                var keyLow = Vector256.Create(constants[j]);
                var keyHigh = keyLow;
                for (var e = 0; e < _keys.Length; e += 2)
                {
                    var pair = Vector256.Create(*pairs++).AsInt16();
                    keyLow += Avx2.MultiplyAddAdjacent(pixels[e], pair);
                    keyHigh += Avx2.MultiplyAddAdjacent(pixels[e + 1], pair);
                }

                low = Vector256.Max(low, keyLow);
                high = Vector256.Max(high, keyHigh);
            }

            var mask = Vector256.Create(_keys.IndexMask);
            var words = Avx2.PackUnsignedSaturate(Vector256.AndNot(mask, low), Vector256.AndNot(mask, high));
            return Vector128.Narrow(words.GetLower(), words.GetUpper());
        }
    }
}
