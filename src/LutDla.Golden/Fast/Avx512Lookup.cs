using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// Up to 32 centroids with sums that 16 bits hold: the column of a subspace and a channel is one register, so one permutation looks up 32
/// pixels. Four channels of 64 pixels stay in registers over all subspaces.
/// </summary>
internal sealed unsafe class Avx512Lookup : LookupKernel
{
    private const int ColumnLength = 32;
    private const int ChannelGroup = 4;

    private readonly int _channels;
    private readonly int _subspaces;

    // [ceil(N / 4), S, 4, 32]
    private readonly AlignedBuffer<short> _columns;

    public Avx512Lookup(LutLayer layer)
    {
        (_channels, _subspaces) = (layer.OutputChannels, layer.SubspaceCount);
        var groups = (_channels + ChannelGroup - 1) / ChannelGroup;
        _columns = new AlignedBuffer<short>(groups * _subspaces * ChannelGroup * ColumnLength);
        for (var i = 0; i < layer.Tables.Length; i++)
        {
            var (row, n) = (i / _channels, i % _channels);
            var (s, j) = (row / layer.CentroidCount, row % layer.CentroidCount);
            _columns.Span[((n / ChannelGroup * _subspaces + s) * ChannelGroup + n % ChannelGroup) * ColumnLength + j] = layer.Tables[i];
        }
    }

    public static bool Serves(LutLayer layer, AccumulatorBounds bounds) =>
        layer.CentroidCount <= ColumnLength && bounds.FitShort;

    public override void Accumulate(byte* indices, int lanes, int count, int* accumulators)
    {
        unchecked
        {
            for (var n = 0; n < _channels; n += ChannelGroup)
                Accumulate(n, indices, lanes, accumulators + n * LayerGeometry.LaneGroup);
        }
    }

    private void Accumulate(int channel, byte* indices, int lanes, int* accumulators)
    {
        unchecked
        {
            Vector512<short> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            var columns = _columns.Pointer + channel * _subspaces * ColumnLength;
            for (var s = 0; s < _subspaces; s++)
            {
                var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(indices));
                var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(indices + 32));
                var a = Vector512.LoadAligned(columns);
                var b = Vector512.LoadAligned(columns + ColumnLength);
                var c = Vector512.LoadAligned(columns + 2 * ColumnLength);
                var d = Vector512.LoadAligned(columns + 3 * ColumnLength);
                a0 += Avx512BW.PermuteVar32x16(a, low);
                a1 += Avx512BW.PermuteVar32x16(a, high);
                b0 += Avx512BW.PermuteVar32x16(b, low);
                b1 += Avx512BW.PermuteVar32x16(b, high);
                c0 += Avx512BW.PermuteVar32x16(c, low);
                c1 += Avx512BW.PermuteVar32x16(c, high);
                d0 += Avx512BW.PermuteVar32x16(d, low);
                d1 += Avx512BW.PermuteVar32x16(d, high);
                indices += lanes;
                columns += ChannelGroup * ColumnLength;
            }

            var rest = _channels - channel;
            Store(a0, a1, accumulators);
            if (rest > 1)
                Store(b0, b1, accumulators + LayerGeometry.LaneGroup);
            if (rest > 2)
                Store(c0, c1, accumulators + 2 * LayerGeometry.LaneGroup);
            if (rest > 3)
                Store(d0, d1, accumulators + 3 * LayerGeometry.LaneGroup);
        }
    }

    /// <summary>64 sums of one channel, in the order of their pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<short> low, Vector512<short> high, int* accumulators)
    {
        unchecked
        {
            var (l0, l1) = Vector512.Widen(low);
            var (h0, h1) = Vector512.Widen(high);
            l0.Store(accumulators);
            l1.Store(accumulators + 16);
            h0.Store(accumulators + 32);
            h1.Store(accumulators + 48);
        }
    }
}
