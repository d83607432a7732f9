using LutDla.Golden.Model;

namespace LutDla.Golden.Reference;

/// <summary>Cuts the inputs of every output pixel into sub-vectors (docs/arithmetic.md, section 2).</summary>
public static class GoldenIm2Col
{
    /// <summary>[M, S, v], M output pixels row by row; 0 outside the image and beyond the last channel.</summary>
    public static short[] SubVectors(LutLayer layer, ImageTensor image)
    {
        var window = layer.Window;
        var (rows, columns) = (window.OutputHeight(image.Shape.Height), window.OutputWidth(image.Shape.Width));
        var subVectors = new short[rows * columns * layer.SubspaceCount * layer.VectorLength];
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                for (var s = 0; s < layer.SubspaceCount; s++)
                {
                    for (var element = 0; element < layer.VectorLength; element++)
                        subVectors[next++] = (short)Element(layer, image, row, column, s, element);
                }
            }
        }

        return subVectors;
    }

    private static int Element(LutLayer layer, ImageTensor image, int outputRow, int outputColumn, int subspace, int element)
    {
        var (offset, channel) = Source(layer, subspace, element);
        var row = outputRow * layer.Window.StrideHeight - layer.Window.PaddingHeight + offset / layer.Window.Width;
        var column = outputColumn * layer.Window.StrideWidth - layer.Window.PaddingWidth + offset % layer.Window.Width;
        return channel < layer.InputChannels ? image.At(row, column, channel) : 0;
    }

    // Kernel offset, counted row by row, and channel of an element.
    private static (int Offset, int Channel) Source(LutLayer layer, int subspace, int element) => layer.Layout switch
    {
        SubspaceLayout.Channels => (
            subspace / layer.SubspacesPerOffset,
            subspace % layer.SubspacesPerOffset * layer.VectorLength + element),
        SubspaceLayout.Window => (element, subspace),
        _ => throw new InvalidOperationException($"The layout {layer.Layout} is not known."),
    };
}
