using LutDla.Training.Kernels;

namespace LutDla.Training.Initialisation;

/// <summary>The sub-vectors of chosen output pixels, element by element: the form that <see cref="CentroidSearch"/> takes.</summary>
internal sealed unsafe class SubVectorSample
{
    private readonly LutGeometry _geometry;

    private readonly float[] _planes;

    /// <param name="images">[any number, InputHeight, InputWidth, InputChannels].</param>
    /// <param name="rows">Output pixels, numbered through all images.</param>
    public SubVectorSample(LutGeometry geometry, float* images, ReadOnlySpan<int> rows)
    {
        _geometry = geometry;
        Count = rows.Length;
        Columns = (rows.Length + CentroidSearch.Lanes - 1) / CentroidSearch.Lanes * CentroidSearch.Lanes;
        _planes = GC.AllocateArray<float>(checked(geometry.SubspaceCount * geometry.VectorLength * Columns), pinned: true);
        for (var column = 0; column < rows.Length; column++)
        {
            var (image, pixel) = Math.DivRem(rows[column], geometry.RowsPerImage);
            Copy(images + (long)image * geometry.InputValues, pixel, column);
        }
    }

    /// <summary>Sub-vectors a subspace.</summary>
    public int Count { get; }

    /// <summary><see cref="Count"/> rounded up to whole vectors; the rest is 0.</summary>
    public int Columns { get; }

    /// <summary>[VectorLength, <see cref="Columns"/>] of one subspace.</summary>
    public Span<float> Planes(int subspace) =>
        _planes.AsSpan(subspace * _geometry.VectorLength * Columns, _geometry.VectorLength * Columns);

    private void Copy(float* image, int row, int column)
    {
        var (channels, columns) = (_geometry.InputChannels, Columns);
        var planes = _geometry.SubspacesPerOffset * _geometry.VectorLength;
        for (var offset = 0; offset < _geometry.Window.Area; offset++)
        {
            var pixel = _geometry.InputPixel(row, offset);
            if (pixel < 0) continue;

            // Element k of an offset's channels lies in plane k: its subspaces follow one another, and only the last one has padding.
            var source = image + pixel * channels;
            var target = (long)offset * planes * columns + column;
            for (var k = 0; k < channels; k++, target += columns) _planes[target] = source[k];
        }
    }
}
