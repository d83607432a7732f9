using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// The centroid search of a layer without the rest of a network, with the engine's kernels, on images as training holds them: whole numbers
/// in single precision, channels last. Threads may share it.
/// </summary>
public sealed unsafe class LayerSearch
{
    private readonly TensorFacts _input;
    private readonly LayerGeometry _geometry;
    private readonly int _subspaces;
    private readonly SearchKernel _search;

    /// <param name="layer">Its tables, bias and rescale factors are not looked at.</param>
    /// <param name="minimum">No element of an image is lower.</param>
    /// <param name="maximum">No element of an image is higher.</param>
    public LayerSearch(LutLayer layer, int height, int width, int minimum, int maximum)
    {
        _input = new TensorFacts(new ImageShape(height, width, layer.InputChannels), minimum, maximum);
        _geometry = new LayerGeometry(layer.Window, layer.OutputChannels, _input.Shape);
        _subspaces = layer.SubspaceCount;
        _search = EngineVariants.Supported[^1].Search(layer, _input, _geometry);
    }

    /// <summary>Finds the nearest centroids of the images from <paramref name="begin"/> to before <paramref name="end"/>.</summary>
    /// <param name="images">[images, height, width, channels].</param>
    /// <param name="indices">
    /// [S, <paramref name="rows"/>]; the columns of these images are written. Output pixels are numbered through all images.
    /// </param>
    public void Run(float* images, int begin, int end, byte* indices, int rows)
    {
        var image = new PlaneTensor(_input, _geometry.Window is { StrideHeight: 1, StrideWidth: 1 } ? _geometry.Pitch : _input.Shape.Width);
        var found = new AlignedBuffer<byte>(_geometry.Lanes);
        if (_search.ReadsBytes)
            Run<byte, ByteElement>(ByteElement.Zero);
        else
            Run<short, ShortElement>(0);
        // Their memory is used by its address.
        GC.KeepAlive(image);
        GC.KeepAlive(found);

        void Run<T, TElement>(T zero)
            where T : unmanaged
            where TElement : IPlaneElement<T>
        {
            var planes = new AlignedBuffer<T>(_geometry.PlaneElements);
            planes.Span.Fill(zero);
            for (var i = begin; i < end; i++)
            {
                ImageLoader.Load(images + (long)i * _input.Shape.Count, image);
                PlanePacker.Pack<T, TElement>(_geometry, image, planes.Pointer);
                for (var s = 0; s < _subspaces; s++)
                {
                    _search.Search(s, planes.Pointer, _geometry.Lanes, found.Pointer);
                    CopyRows(found.Pointer, indices + (long)s * rows + (long)i * _geometry.Output.Pixels);
                }
            }

            GC.KeepAlive(planes);
        }
    }

    private void CopyRows(byte* lanes, byte* pixels)
    {
        var width = _geometry.Output.Width;
        for (var y = 0; y < _geometry.Output.Height; y++)
            new ReadOnlySpan<byte>(lanes + y * _geometry.Pitch, width).CopyTo(new Span<byte>(pixels + y * width, width));
    }
}
