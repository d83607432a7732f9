namespace LutDla.Training.Kernels;

/// <summary>
/// The sub-vectors of one image at one kernel offset as planes, one a channel: column m of plane k is what output pixel m sees of channel k.
/// </summary>
internal sealed unsafe class SubVectorPlanes
{
    private readonly LutGeometry _geometry;

    private readonly int _paddedWidth;

    private readonly int _paddedPixels;

    private readonly float[] _image;

    private readonly float[] _planes;

    public SubVectorPlanes(LutGeometry geometry)
    {
        _geometry = geometry;
        _paddedWidth = geometry.InputWidth + 2 * geometry.Window.PaddingWidth;
        _paddedPixels = _paddedWidth * (geometry.InputHeight + 2 * geometry.Window.PaddingHeight);
        Columns = (geometry.RowsPerImage + CentroidSearch.Lanes - 1) / CentroidSearch.Lanes * CentroidSearch.Lanes;
        _image = GC.AllocateArray<float>(geometry.InputChannels * _paddedPixels, pinned: true);
        _planes = GC.AllocateArray<float>(geometry.InputChannels * Columns, pinned: true);
    }

    /// <summary>Output pixels of an image, rounded up to whole vectors.</summary>
    public int Columns { get; }

    /// <summary>[InputChannels, <see cref="Columns"/>] of the offset last packed. The array is pinned.</summary>
    public float* Planes => (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _planes[0]);

    /// <summary>Takes an image [InputHeight, InputWidth, InputChannels], channels apart and padded.</summary>
    public void Load(float* image)
    {
        var (window, channels) = (_geometry.Window, _geometry.InputChannels);
        for (var y = 0; y < _geometry.InputHeight; y++)
        {
            var start = (y + window.PaddingHeight) * _paddedWidth + window.PaddingWidth;
            for (var x = 0; x < _geometry.InputWidth; x++, image += channels)
            {
                for (var k = 0; k < channels; k++) _image[k * _paddedPixels + start + x] = image[k];
            }
        }
    }

    /// <summary>Writes <see cref="Planes"/> for the kernel offset numbered <paramref name="offset"/>.</summary>
    public void Pack(int offset)
    {
        var (window, width, height) = (_geometry.Window, _geometry.OutputWidth, _geometry.OutputHeight);
        var corner = offset / window.Width * _paddedWidth + offset % window.Width;
        for (var k = 0; k < _geometry.InputChannels; k++)
        {
            for (var y = 0; y < height; y++)
            {
                var from = k * _paddedPixels + corner + y * window.StrideHeight * _paddedWidth;
                var target = _planes.AsSpan(k * Columns + y * width, width);
                if (window.StrideWidth == 1)
                {
                    _image.AsSpan(from, width).CopyTo(target);
                    continue;
                }

                for (var x = 0; x < width; x++) target[x] = _image[from + x * window.StrideWidth];
            }
        }
    }
}
