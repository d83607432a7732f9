namespace LutDla.Golden.Fast;

/// <summary>
/// Activations of one image channel by channel, [Channels, Height, Width]: neighbouring pixels lie in neighbouring lanes. 16-bit where the range
/// allows, which is wherever a LUT layer reads; else 32-bit.
/// </summary>
internal sealed unsafe class PlaneTensor
{
    /// <summary>Elements that a vectorised writer may overwrite beyond the last one.</summary>
    public const int Slack = 64;

    public PlaneTensor(TensorFacts facts)
    {
        Shape = facts.Shape;
        IsNarrow = facts.Minimum >= short.MinValue && facts.Maximum <= short.MaxValue;
        Narrow = new AlignedBuffer<short>(IsNarrow ? Shape.Count + Slack : 0);
        Wide = new AlignedBuffer<int>(IsNarrow ? 0 : Shape.Count + Slack);
    }

    public ImageShape Shape { get; }

    public bool IsNarrow { get; }

    public AlignedBuffer<short> Narrow { get; }

    public AlignedBuffer<int> Wide { get; }

    /// <summary>Element i of [Channels, Height, Width].</summary>
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
}
