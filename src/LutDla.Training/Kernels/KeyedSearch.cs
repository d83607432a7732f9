using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Hardware;

namespace LutDla.Training.Kernels;

/// <summary>
/// Centroid search of whole numbers with distance and index in one number, distance · 2^k + index: the smallest key is that of the nearest centroid with
/// the lowest index, so a centroid takes one comparison. For L2 the key lacks |x|², which all centroids share. Keys are exact in single precision.
/// </summary>
internal sealed unsafe class KeyedSearch
{
    private readonly LutGeometry _geometry;

    private readonly DistanceMetric _metric;

    /// <summary>2^k, at least the number of centroids.</summary>
    private readonly int _unit;

    /// <summary>[SubspaceCount, CentroidCount, VectorLength + 1]: what elements are combined with, then what the key starts with.</summary>
    private readonly float[] _terms;

    /// <param name="codebooks">[SubspaceCount, CentroidCount, VectorLength], whole numbers.</param>
    public KeyedSearch(LutGeometry geometry, DistanceMetric metric, float* codebooks)
    {
        (_geometry, _metric) = (geometry, metric);
        _unit = 1 << BitWidth.ForMaximum(geometry.CentroidCount - 1);
        _terms = GC.AllocateUninitializedArray<float>(geometry.SubspaceCount * geometry.CentroidCount * (geometry.VectorLength + 1), pinned: true);
        fixed (float* terms = _terms)
        {
            var term = terms;
            for (var s = 0; s < geometry.SubspaceCount; s++)
            {
                for (var j = 0; j < geometry.CentroidCount; j++, term += geometry.VectorLength + 1, codebooks += geometry.VectorLength)
                    WriteTerms(term, codebooks, geometry.Elements(s), j);
            }
        }
    }

    /// <summary>Whether all keys are exact: they and all partial sums stay below 2^24.</summary>
    /// <param name="activationBits">Of sub-vectors and centroids.</param>
    public static bool Serves(LutGeometry geometry, DistanceMetric metric, int activationBits)
    {
        var unit = 1L << BitWidth.ForMaximum(geometry.CentroidCount - 1);
        var largest = 1L << (activationBits - 1);
        // L2: |p|² and 2 x·p, each element at most largest².
        var key = metric == DistanceMetric.L2
            ? 3 * geometry.VectorLength * largest * largest
            : DistanceBounds.Maximum(metric, activationBits, geometry.VectorLength);
        return unit * (key + 1) <= CentroidSearch.ExactDistance;
    }

    /// <summary>Finds the nearest centroid of each column.</summary>
    /// <param name="planes">[elements, columns]; columns is a multiple of <see cref="CentroidSearch.Lanes"/>.</param>
    /// <param name="indices">[columns], written.</param>
    public void Run(int subspace, float* planes, int columns, byte* indices)
    {
        fixed (float* terms = &_terms[subspace * _geometry.CentroidCount * (_geometry.VectorLength + 1)])
        {
            switch (_metric)
            {
                case DistanceMetric.L2:
                    Run<SquaredKey>(terms, planes, _geometry.Elements(subspace), columns, indices);
                    break;
                case DistanceMetric.L1:
                    Run<ManhattanKey>(terms, planes, _geometry.Elements(subspace), columns, indices);
                    break;
                case DistanceMetric.Chebyshev:
                    Run<ChebyshevKey>(terms, planes, _geometry.Elements(subspace), columns, indices);
                    break;
                default:
                    throw new InvalidOperationException($"No search is known for {_metric}.");
            }
        }
    }

    private void WriteTerms(float* term, float* centroid, int elements, int index)
    {
        var start = (float)index;
        for (var t = 0; t < elements; t++)
        {
            var scaled = centroid[t] * _unit;
            term[t] = _metric == DistanceMetric.L2 ? -2 * scaled : scaled;
            if (_metric == DistanceMetric.L2) start += scaled * centroid[t];
        }

        term[_geometry.VectorLength] = start;
    }

    private void Run<TKey>(float* terms, float* planes, int elements, int columns, byte* indices)
        where TKey : struct, IKey
    {
        unchecked
        {
            var (count, stride) = (_geometry.CentroidCount, _geometry.VectorLength + 1);
            var (scale, mask) = (Vector512.Create((float)_unit), Vector512.Create(_unit - 1));
            for (var column = 0; column < columns; column += CentroidSearch.Lanes)
            {
                var key = elements switch
                {
                    1 => Smallest1<TKey>(terms, planes + column, scale, count, stride),
                    2 => Smallest2<TKey>(terms, planes + column, columns, scale, count, stride),
                    4 => Smallest4<TKey>(terms, planes + column, columns, scale, count, stride),
                    _ => Smallest<TKey>(terms, planes + column, columns, elements, scale, count, stride),
                };
                Bytes(Vector512.ConvertToInt32(key) & mask).Store(indices + column);
            }
        }
    }

    private static Vector128<byte> Bytes(Vector512<int> indices)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector128Byte(indices);
        var shorts = Vector512.Narrow(indices, indices).GetLower();
        return Vector256.Narrow(shorts, shorts).GetLower().AsByte();
    }

    // The usual lengths hold their elements in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Smallest1<TKey>(float* terms, float* planes, Vector512<float> scale, int count, int stride)
        where TKey : struct, IKey
    {
        var x = TKey.Scaled(Vector512.Load(planes), scale);
        var smallest = Vector512.Create(float.MaxValue);
        for (var j = 0; j < count; j++, terms += stride)
            smallest = Vector512.Min(smallest, TKey.Finish(TKey.Add(TKey.Start(terms[stride - 1]), x, terms[0]), terms[stride - 1]));
        return smallest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Smallest2<TKey>(float* terms, float* planes, int columns, Vector512<float> scale, int count, int stride)
        where TKey : struct, IKey
    {
        var (x0, x1) = (TKey.Scaled(Vector512.Load(planes), scale), TKey.Scaled(Vector512.Load(planes + columns), scale));
        var smallest = Vector512.Create(float.MaxValue);
        for (var j = 0; j < count; j++, terms += stride)
        {
            var key = TKey.Add(TKey.Add(TKey.Start(terms[stride - 1]), x0, terms[0]), x1, terms[1]);
            smallest = Vector512.Min(smallest, TKey.Finish(key, terms[stride - 1]));
        }

        return smallest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Smallest4<TKey>(float* terms, float* planes, int columns, Vector512<float> scale, int count, int stride)
        where TKey : struct, IKey
    {
        var (x0, x1) = (TKey.Scaled(Vector512.Load(planes), scale), TKey.Scaled(Vector512.Load(planes + columns), scale));
        var (x2, x3) = (TKey.Scaled(Vector512.Load(planes + 2 * columns), scale), TKey.Scaled(Vector512.Load(planes + 3 * columns), scale));
        var smallest = Vector512.Create(float.MaxValue);
        for (var j = 0; j < count; j++, terms += stride)
        {
            var key = TKey.Add(TKey.Add(TKey.Start(terms[stride - 1]), x0, terms[0]), x1, terms[1]);
            key = TKey.Add(TKey.Add(key, x2, terms[2]), x3, terms[3]);
            smallest = Vector512.Min(smallest, TKey.Finish(key, terms[stride - 1]));
        }

        return smallest;
    }

    private static Vector512<float> Smallest<TKey>(
        float* terms, float* planes, int columns, int elements, Vector512<float> scale, int count, int stride)
        where TKey : struct, IKey
    {
        var smallest = Vector512.Create(float.MaxValue);
        for (var j = 0; j < count; j++, terms += stride)
        {
            var key = TKey.Start(terms[stride - 1]);
            for (var t = 0; t < elements; t++) key = TKey.Add(key, TKey.Scaled(Vector512.Load(planes + t * columns), scale), terms[t]);
            smallest = Vector512.Min(smallest, TKey.Finish(key, terms[stride - 1]));
        }

        return smallest;
    }

    /// <summary>How a key is built up, element by element.</summary>
    private interface IKey
    {
        static abstract Vector512<float> Scaled(Vector512<float> x, Vector512<float> unit);

        static abstract Vector512<float> Start(float start);

        static abstract Vector512<float> Add(Vector512<float> key, Vector512<float> x, float term);

        static abstract Vector512<float> Finish(Vector512<float> key, float start);
    }

    private readonly struct SquaredKey : IKey
    {
        public static Vector512<float> Scaled(Vector512<float> x, Vector512<float> unit) => x;

        public static Vector512<float> Start(float start) => Vector512.Create(start);

        public static Vector512<float> Add(Vector512<float> key, Vector512<float> x, float term) =>
            Vector512.FusedMultiplyAdd(x, Vector512.Create(term), key);

        public static Vector512<float> Finish(Vector512<float> key, float start) => key;
    }

    private readonly struct ManhattanKey : IKey
    {
        public static Vector512<float> Scaled(Vector512<float> x, Vector512<float> unit) => x * unit;

        public static Vector512<float> Start(float start) => Vector512.Create(start);

        public static Vector512<float> Add(Vector512<float> key, Vector512<float> x, float term) => key + Vector512.Abs(x - Vector512.Create(term));

        public static Vector512<float> Finish(Vector512<float> key, float start) => key;
    }

    private readonly struct ChebyshevKey : IKey
    {
        public static Vector512<float> Scaled(Vector512<float> x, Vector512<float> unit) => x * unit;

        public static Vector512<float> Start(float start) => Vector512<float>.Zero;

        public static Vector512<float> Add(Vector512<float> key, Vector512<float> x, float term) =>
            Vector512.Max(key, Vector512.Abs(x - Vector512.Create(term)));

        public static Vector512<float> Finish(Vector512<float> key, float start) => key + Vector512.Create(start);
    }
}
