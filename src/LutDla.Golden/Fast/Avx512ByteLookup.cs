using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// Up to 16 centroids with entries of at most 8 bits and sums that 16 bits hold. The columns of four subspaces and a channel are one
/// register of bytes, so one permutation looks up two of them of 32 pixels, if the index bytes of the two lie side by side; a
/// multiplication by one adds them to 16 bits. Four channels of 64 pixels stay in registers over all subspaces.
/// </summary>
internal sealed unsafe class Avx512ByteLookup : LookupKernel
{
    private const int ColumnLength = 16;
    private const int TableLength = SubspaceGroup * ColumnLength;
    private const int ChannelGroup = 4;

    // Unpacking leaves pixels 0-7, 16-23, 32-39, 48-55 in the lower sums and the others in the upper ones.
    private static readonly Vector512<long> FirstPixels = Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11);
    private static readonly Vector512<long> LastPixels = Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15);

    private readonly int _channels;
    private readonly int _subspaces;
    private readonly int _groups;

    // [ceil(N / 4), ceil(S / 4), 4 channels, 4 subspaces, 16]
    private readonly AlignedBuffer<sbyte> _tables;

    public Avx512ByteLookup(LutLayer layer)
    {
        (_channels, _subspaces) = (layer.OutputChannels, layer.SubspaceCount);
        _groups = (_subspaces + SubspaceGroup - 1) / SubspaceGroup;
        var channelGroups = (_channels + ChannelGroup - 1) / ChannelGroup;
        _tables = new AlignedBuffer<sbyte>(channelGroups * _groups * ChannelGroup * TableLength);
        for (var i = 0; i < layer.Tables.Length; i++)
        {
            var (row, n) = (i / _channels, i % _channels);
            var (s, j) = (row / layer.CentroidCount, row % layer.CentroidCount);
            var table = (n / ChannelGroup * _groups + s / SubspaceGroup) * ChannelGroup + n % ChannelGroup;
            _tables.Span[table * TableLength + s % SubspaceGroup * ColumnLength + j] = (sbyte)layer.Tables[i];
        }
    }

    public static bool Serves(LutLayer layer, AccumulatorBounds bounds) => Avx512Vbmi.IsSupported
        && layer is { CentroidCount: <= ColumnLength, TableBits: <= 8 } && bounds.FitShort;

    public override void Accumulate(byte* indices, int lanes, int count, int* accumulators)
    {
        unchecked
        {
            Pair(indices, lanes);
            for (var n = 0; n < _channels; n += ChannelGroup)
                Accumulate(n, indices, lanes, accumulators + n * LayerGeometry.LaneGroup);
        }
    }

    // In place: rows 0 and 1 of a group become pairs (0, 1) of the lower and the upper pixels, rows 2 and 3 pairs (2, 3). Missing
    // subspaces, whose columns are zeros, get index 0.
    private void Pair(byte* indices, int lanes)
    {
        unchecked
        {
            for (var s = 0; s < _groups * SubspaceGroup; s += 2)
            {
                var even = Column(indices, s);
                var odd = Column(indices + lanes, s + 1);
                Avx512BW.UnpackLow(even, odd).Store(indices);
                Avx512BW.UnpackHigh(even, odd).Store(indices + lanes);
                indices += 2 * lanes;
            }
        }
    }

    private Vector512<byte> Column(byte* indices, int subspace)
    {
        var column = Vector512.Create((byte)(subspace % SubspaceGroup * ColumnLength));
        return subspace < _subspaces ? Vector512.Load(indices) | column : column;
    }

    private void Accumulate(int channel, byte* indices, int lanes, int* accumulators)
    {
        unchecked
        {
            Vector512<short> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            var tables = _tables.Pointer + channel * _groups * TableLength;
            for (var group = 0; group < _groups; group++)
            {
                var (low01, high01) = (Vector512.Load(indices), Vector512.Load(indices + lanes));
                var (low23, high23) = (Vector512.Load(indices + 2 * lanes), Vector512.Load(indices + 3 * lanes));
                var a = Vector512.LoadAligned(tables);
                a0 += Sums(a, low01) + Sums(a, low23);
                a1 += Sums(a, high01) + Sums(a, high23);
                var b = Vector512.LoadAligned(tables + TableLength);
                b0 += Sums(b, low01) + Sums(b, low23);
                b1 += Sums(b, high01) + Sums(b, high23);
                var c = Vector512.LoadAligned(tables + 2 * TableLength);
                c0 += Sums(c, low01) + Sums(c, low23);
                c1 += Sums(c, high01) + Sums(c, high23);
                var d = Vector512.LoadAligned(tables + 3 * TableLength);
                d0 += Sums(d, low01) + Sums(d, low23);
                d1 += Sums(d, high01) + Sums(d, high23);
                indices += SubspaceGroup * lanes;
                tables += ChannelGroup * TableLength;
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

    private static Vector512<short> Sums(Vector512<sbyte> table, Vector512<byte> pairs) =>
        Avx512BW.MultiplyAddAdjacent(Vector512<byte>.One, Avx512Vbmi.PermuteVar64x8(table, pairs.AsSByte()));

    private static void Store(Vector512<short> low, Vector512<short> high, int* accumulators)
    {
        unchecked
        {
            var first = Avx512F.PermuteVar8x64x2(low.AsInt64(), FirstPixels, high.AsInt64()).AsInt16();
            var last = Avx512F.PermuteVar8x64x2(low.AsInt64(), LastPixels, high.AsInt64()).AsInt16();
            Avx512Lookup.Store(first, last, accumulators);
        }
    }
}
