using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// Activations of one image channel by channel: neighbouring pixels lie in neighbouring lanes. A channel's plane is [Height, Pitch]; what
/// lies between the rows, and between the last row and the next plane, is of no use. 16-bit where the range allows, which is wherever a LUT
/// layer reads; else 32-bit.
/// </summary>
internal sealed unsafe class PlaneTensor
{
    // A vector that starts at the last element may be read and written.
    private const int Slack = 64;

    public PlaneTensor(TensorFacts facts, int pitch)
    {
        (Shape, Pitch) = (facts.Shape, pitch);
        PlaneStride = LayerGeometry.RoundedLanes(Shape, pitch);
        IsNarrow = facts.Minimum >= short.MinValue && facts.Maximum <= short.MaxValue;
        var length = Shape.Channels * PlaneStride + Slack;
        Narrow = new AlignedBuffer<short>(IsNarrow ? length : 0);
        Wide = new AlignedBuffer<int>(IsNarrow ? 0 : length);
    }

    public ImageShape Shape { get; }

    /// <summary>Elements from one row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Elements from one channel to the next, a multiple of <see cref="LayerGeometry.LaneGroup"/>.</summary>
    public int PlaneStride { get; }

    public bool IsNarrow { get; }

    public AlignedBuffer<short> Narrow { get; }

    public AlignedBuffer<int> Wide { get; }

    /// <summary>The element in the memory's order; see <see cref="Row"/>.</summary>
    public int this[int i]
    {
        get => IsNarrow ? Narrow.Pointer[i] : Wide.Pointer[i];
        set
        {
            if (IsNarrow)
                Narrow.Pointer[i] = (short)value;
            else
                Wide.Pointer[i] = value;
        }
    }

    /// <summary>Where a row starts.</summary>
    public int Row(int channel, int row) => unchecked(channel * PlaneStride + row * Pitch);

    /// <summary>The element numbered <paramref name="i"/> in [Height, Width, Channels].</summary>
    public int ChannelLast(int i)
    {
        var (pixel, channel) = (i / Shape.Channels, i % Shape.Channels);
        return this[Row(channel, pixel / Shape.Width) + pixel % Shape.Width];
    }
}
