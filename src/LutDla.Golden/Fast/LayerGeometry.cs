using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// Where the elements of sub-vectors lie, so that one vector load takes an element of neighbouring output pixels. The padded image is cut
/// into phases, one for each residue of the strides; in a phase, output pixel m of kernel offset (y, x) is at m + constant. Pixels are
/// numbered over whole rows of <see cref="Pitch"/>, so a few lanes at the ends of rows hold nothing of use.
/// </summary>
internal sealed class LayerGeometry
{
    /// <summary>Lanes are searched in groups of this many.</summary>
    public const int LaneGroup = RunBudget.PixelGroup;

    public LayerGeometry(Window window, int outputChannels, ImageShape input)
    {
        (Window, Input) = (window, input);
        Output = new ImageShape(window.OutputHeight(input.Height), window.OutputWidth(input.Width), outputChannels);
        // With stride 1 the right padding of a row is the left padding of the next, be it the first row of the next plane. With strides
        // there is a column more than the output has, padding or not: the results of a shortcut then lie as those that they are added to.
        Pitch = window.StrideWidth == 1
            ? input.Width + window.PaddingWidth
            : Math.Max(CeilingDivide(input.Width + 2 * window.PaddingWidth, window.StrideWidth), Output.Width + 1);
        PhaseRows = CeilingDivide(input.Height + 2 * window.PaddingHeight, window.StrideHeight);
        PlaneStride = PhaseRows * Pitch;
        Lanes = RoundedLanes(Output, Pitch);
        InsideMask = window is { StrideHeight: 1, StrideWidth: 1 } ? Mask(Input, Pitch) : new AlignedBuffer<short>(0);
        PhasesHigh = Math.Min(window.StrideHeight, window.Height);
        PhasesWide = Math.Min(window.StrideWidth, window.Width);
    }

    public ImageShape Input { get; }

    public ImageShape Output { get; }

    /// <summary>Lanes from one output row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Output pixels with the unused ones between rows, rounded up to <see cref="LaneGroup"/>.</summary>
    public int Lanes { get; }

    /// <summary>Output pixels with the unused ones between rows, not rounded.</summary>
    public int UsedLanes => (Output.Height - 1) * Pitch + Output.Width;

    public int PhaseRows { get; }

    public int PhasesHigh { get; }

    public int PhasesWide { get; }

    /// <summary>Elements of one channel's one phase.</summary>
    public int PlaneStride { get; }

    /// <summary>
    /// Elements of all planes: channel, phase row, phase column; then one that stays zero for the padding of sub-vectors.
    /// </summary>
    public int PlaneElements => ZeroPlane + PlaneStride + Lanes + LaneGroup;

    /// <summary>Where the plane that stays zero lies.</summary>
    public int ZeroPlane => Input.Channels * PhasesHigh * PhasesWide * PlaneStride;

    /// <summary>
    /// [lanes of the input at this pitch]: all bits set where an input pixel is, 0 between the rows and behind the last one. Empty with
    /// strides.
    /// </summary>
    public AlignedBuffer<short> InsideMask { get; }

    public Window Window { get; }

    /// <summary>Lanes of an image whose rows are <paramref name="pitch"/> apart, rounded up to <see cref="LaneGroup"/>.</summary>
    public static int RoundedLanes(ImageShape shape, int pitch) =>
        CeilingDivide((shape.Height - 1) * pitch + shape.Width, LaneGroup) * LaneGroup;

    /// <summary>Whether the rows of <paramref name="image"/> are as far apart as in the planes, and there is one phase.</summary>
    public bool PacksWholePlanes(PlaneTensor image) => image.Pitch == Pitch && Window is { StrideHeight: 1, StrideWidth: 1 };

    /// <summary>Start of the plane of a channel and phase.</summary>
    public int Plane(int channel, int phaseRow, int phaseColumn) =>
        ((channel * PhasesHigh + phaseRow) * PhasesWide + phaseColumn) * PlaneStride;

    /// <summary>Where lane 0 of a channel at a kernel offset, counted row by row, lies.</summary>
    public int Element(int channel, int offset)
    {
        var (row, column) = (offset / Window.Width, offset % Window.Width);
        return Plane(channel, row % Window.StrideHeight, column % Window.StrideWidth)
            + row / Window.StrideHeight * Pitch + column / Window.StrideWidth;
    }

    /// <summary>
    /// [S, <paramref name="length"/>]: where lane 0 of each element of the sub-vectors of <paramref name="layer"/> lies. Elements from v
    /// on, and those beyond the last channel, are in the zero plane.
    /// </summary>
    public AlignedBuffer<int> ElementOffsets(LutLayer layer, int length)
    {
        var offsets = new AlignedBuffer<int>(layer.SubspaceCount * length);
        for (var i = 0; i < offsets.Length; i++)
            offsets.Span[i] = ElementOffset(layer, i / length, i % length);
        return offsets;
    }

    private static AlignedBuffer<short> Mask(ImageShape input, int pitch)
    {
        var mask = new AlignedBuffer<short>(RoundedLanes(input, pitch));
        for (var i = 0; i < mask.Length; i++)
            mask.Span[i] = (short)(i / pitch < input.Height && i % pitch < input.Width ? -1 : 0);
        return mask;
    }

    private int ElementOffset(LutLayer layer, int subspace, int element)
    {
        var (offset, channel) = layer.Layout == SubspaceLayout.Window
            ? (element, subspace)
            : (subspace / layer.SubspacesPerOffset, subspace % layer.SubspacesPerOffset * layer.VectorLength + element);
        return element < layer.VectorLength && channel < layer.InputChannels ? Element(channel, offset) : ZeroPlane;
    }

    private static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
}
