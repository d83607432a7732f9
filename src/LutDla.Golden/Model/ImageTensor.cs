namespace LutDla.Golden.Model;

/// <summary>The shape of an activation tensor; a feature vector is 1 x 1 x C.</summary>
public readonly record struct ImageShape(int Height, int Width, int Channels)
{
    public int Pixels => Height * Width;

    public int Count => Height * Width * Channels;

    public override string ToString() => $"{Height} x {Width} x {Channels}";
}

/// <summary>Integer activations of one image.</summary>
/// <param name="Values">[Height, Width, Channels].</param>
public sealed record ImageTensor(ImageShape Shape, int[] Values)
{
    /// <summary>The value at a pixel, or 0 where the pixel lies outside the image (zero padding).</summary>
    public int At(int row, int column, int channel) =>
        row < 0 || row >= Shape.Height || column < 0 || column >= Shape.Width
            ? 0
            : Values[(row * Shape.Width + column) * Shape.Channels + channel];
}
