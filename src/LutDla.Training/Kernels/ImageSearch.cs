using System.Collections.Immutable;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>
/// Centroid search over images of whole numbers, by the golden engine's kernels. Codebooks rest between many steps of training, so what the
/// kernels make of them is kept.
/// </summary>
/// <param name="minimum">No element of an image is lower.</param>
/// <param name="maximum">No element of an image is higher.</param>
internal sealed unsafe class ImageSearch(LutGeometry geometry, DistanceMetric metric, int activationBits, int minimum, int maximum)
{
    private const int PointwiseRows = 128;

    private float[] _codebooks = [];

    private ImmutableArray<short> _elements = [];

    /// <summary>By the shape of what is searched at once: pixels that stand alone come in whole pieces and a rest.</summary>
    private readonly Dictionary<(int Height, int Width), LayerSearch> _searches = [];

    /// <summary>The nearest centroid of every sub-vector.</summary>
    /// <param name="images">[imageCount, InputHeight, InputWidth, InputChannels].</param>
    /// <param name="codebooks">[SubspaceCount, CentroidCount, VectorLength], whole numbers.</param>
    /// <param name="indices">[SubspaceCount, imageCount · RowsPerImage], written.</param>
    public void Run(float* images, int imageCount, ReadOnlySpan<float> codebooks, byte* indices)
    {
        Take(codebooks);
        var rows = imageCount * geometry.RowsPerImage;
        if (!geometry.IsPointwise)
        {
            var search = Search(geometry.InputHeight, geometry.InputWidth);
            Slices.Run(imageCount, (begin, end) => search.Run(images, begin, end, indices, rows));
            return;
        }

        // Pixels stand alone here, so that they can be cut into pieces that fill whole vectors.
        var whole = rows / PointwiseRows;
        if (whole > 0)
        {
            var pieces = Search(1, PointwiseRows);
            Slices.Run(whole, (begin, end) => pieces.Run(images, begin, end, indices, rows));
        }

        var done = whole * PointwiseRows;
        if (done < rows) Search(1, rows - done).Run(images + (long)done * geometry.InputChannels, 0, 1, indices + done, rows);
    }

    private void Take(ReadOnlySpan<float> codebooks)
    {
        if (codebooks.SequenceEqual(_codebooks)) return;
        _codebooks = codebooks.ToArray();
        _elements = ImmutableArray.Create(Array.ConvertAll(_codebooks, element => (short)element));
        _searches.Clear();
    }

    private LayerSearch Search(int height, int width)
    {
        if (!_searches.TryGetValue((height, width), out var search))
            _searches[(height, width)] = search = new LayerSearch(Layer(), height, width, minimum, maximum);
        return search;
    }

    private LutLayer Layer() => new()
    {
        InputChannels = geometry.InputChannels, OutputChannels = geometry.OutputChannels, Window = geometry.Window,
        VectorLength = geometry.VectorLength,
        CentroidCount = geometry.CentroidCount, Metric = metric, ActivationBits = activationBits, TableBits = 2, Codebooks = _elements,
        Tables = [], Bias = [],
        Multiplier = [], Shift = [], OutputMinimum = 0, OutputMaximum = 0,
    };
}
