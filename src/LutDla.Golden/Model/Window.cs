namespace LutDla.Golden.Model;

/// <summary>
/// A sliding window: <see cref="Height"/> x <see cref="Width"/> pixels, moved by the strides, with zero padding on all four sides.
/// </summary>
public sealed record Window
{
    public required int Height { get; init; }

    public required int Width { get; init; }

    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    public int PaddingHeight { get; init; }

    public int PaddingWidth { get; init; }

    /// <summary>Pixels of the window.</summary>
    public int Area => Height * Width;

    /// <summary>Whether each output pixel sees the one input pixel in its place.</summary>
    internal bool IsOnePixel => this == new Window { Height = 1, Width = 1 };

    /// <summary>Output rows for an image of <paramref name="inputHeight"/> rows.</summary>
    public int OutputHeight(int inputHeight) => (inputHeight + 2 * PaddingHeight - Height) / StrideHeight + 1;

    /// <summary>Output columns for an image of <paramref name="inputWidth"/> columns.</summary>
    public int OutputWidth(int inputWidth) => (inputWidth + 2 * PaddingWidth - Width) / StrideWidth + 1;
}
