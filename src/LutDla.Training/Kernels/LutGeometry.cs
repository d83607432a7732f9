using LutDla.Golden.Model;

namespace LutDla.Training.Kernels;

/// <summary>The shape of a layer as centroid search and table lookup, in layout channels (docs/arithmetic.md, section 2).</summary>
/// <param name="VectorLength">Elements of a sub-vector, v, at most <paramref name="InputChannels"/>.</param>
/// <param name="CentroidCount">Centroids of a subspace, c, 2 to 256.</param>
internal sealed record LutGeometry(
    int InputHeight, int InputWidth, int InputChannels, int OutputChannels, Window Window, int VectorLength, int CentroidCount)
{
    public int OutputHeight => Window.OutputHeight(InputHeight);

    public int OutputWidth => Window.OutputWidth(InputWidth);

    /// <summary>Output pixels of one image.</summary>
    public int RowsPerImage => OutputHeight * OutputWidth;

    /// <summary>Values of one input image.</summary>
    public int InputValues => InputHeight * InputWidth * InputChannels;

    public int SubspacesPerOffset => SubspaceCount / Window.Area;

    /// <summary>Subspaces, S.</summary>
    public int SubspaceCount => Subspaces(Window, InputChannels, VectorLength);

    /// <summary>The same, whatever image the layer reads.</summary>
    public static int Subspaces(Window window, int inputChannels, int vectorLength) =>
        window.Area * ((inputChannels + vectorLength - 1) / vectorLength);

    /// <summary>Elements of a subspace that are channels; the rest of its v elements is padding.</summary>
    public int Elements(int subspace) =>
        Math.Min(VectorLength, InputChannels - subspace % SubspacesPerOffset * VectorLength);

    /// <summary>The input pixel of an image that an output pixel sees at an offset of its window; -1 beyond the edge.</summary>
    public int InputPixel(int row, int offset)
    {
        var y = row / OutputWidth * Window.StrideHeight - Window.PaddingHeight + offset / Window.Width;
        var x = row % OutputWidth * Window.StrideWidth - Window.PaddingWidth + offset % Window.Width;
        return y >= 0 && y < InputHeight && x >= 0 && x < InputWidth ? y * InputWidth + x : -1;
    }

    /// <summary>Whether output pixels are input pixels, so that images may be cut anywhere.</summary>
    public bool IsPointwise => Window is { Area: 1, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 0, PaddingWidth: 0 };
}
