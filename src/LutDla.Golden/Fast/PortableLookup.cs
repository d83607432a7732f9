using System.Numerics;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// Any legal layer on any processor: a pixel's table rows are added over channels. In 16-bit lanes where the tables prove that no sum
/// leaves them, else in 32-bit lanes, which hold <see cref="NetworkLimits.Subspaces"/> entries of 16 bits.
/// </summary>
internal sealed unsafe class PortableLookup<T, TLoad> : LookupKernel
    where T : unmanaged
    where TLoad : ILane<T>
{
    private readonly int _channels;
    private readonly int _subspaces;
    private readonly int _centroids;
    private readonly int _rowLength;
    private readonly AlignedBuffer<short> _rows;

    public PortableLookup(LutLayer layer)
    {
        (_channels, _subspaces, _centroids) = (layer.OutputChannels, layer.SubspaceCount, layer.CentroidCount);
        _rowLength = (_channels + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        _rows = new AlignedBuffer<short>(_subspaces * _centroids * _rowLength + Vector<short>.Count);
        for (var i = 0; i < layer.Tables.Length; i++)
            _rows.Span[i / _channels * _rowLength + i % _channels] = layer.Tables[i];
    }

    public override void Accumulate(byte* indices, int lanes, int count, int* accumulators)
    {
        unchecked
        {
            for (var i = 0; i < count; i++)
            {
                for (var n = 0; n < _channels; n += Vector<T>.Count)
                    Store(Sum(indices + i, lanes, n), accumulators + n * LayerGeometry.LaneGroup + i, _channels - n);
            }
        }
    }

    private Vector<T> Sum(byte* indices, int lanes, int channel)
    {
        unchecked
        {
            var sum = Vector<T>.Zero;
            var table = _rows.Pointer + channel;
            for (var s = 0; s < _subspaces; s++)
            {
                sum += TLoad.Load(table + *indices * _rowLength);
                indices += lanes;
                table += _centroids * _rowLength;
            }

            return sum;
        }
    }

    private static void Store(Vector<T> sum, int* accumulators, int channels)
    {
        unchecked
        {
            for (var i = 0; i < Math.Min(channels, Vector<T>.Count); i++)
                accumulators[i * LayerGeometry.LaneGroup] = TLoad.ToInt(sum[i]);
        }
    }
}
