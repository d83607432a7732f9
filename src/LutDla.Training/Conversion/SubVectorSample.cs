using LutDla.Training.Kernels;

namespace LutDla.Training.Conversion;

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
            for (var offset = 0; offset < geometry.Window.Area; offset++) Copy(images, rows[column], offset, column);
        }
    }

    /// <summary>Sub-vectors a subspace.</summary>
    public int Count { get; }

    /// <summary><see cref="Count"/> rounded up to whole vectors; the rest is 0.</summary>
    public int Columns { get; }

    /// <summary>[VectorLength, <see cref="Columns"/>] of one subspace.</summary>
    public Span<float> Planes(int subspace) =>
        _planes.AsSpan(subspace * _geometry.VectorLength * Columns, _geometry.VectorLength * Columns);

    private void Copy(float* images, int row, int offset, int column)
    {
        var window = _geometry.Window;
        var (image, pixel) = Math.DivRem(row, _geometry.RowsPerImage);
        var y = pixel / _geometry.OutputWidth * window.StrideHeight - window.PaddingHeight + offset / window.Width;
        var x = pixel % _geometry.OutputWidth * window.StrideWidth - window.PaddingWidth + offset % window.Width;
        if (y < 0 || y >= _geometry.InputHeight || x < 0 || x >= _geometry.InputWidth) return;

        var source = images + (long)image * _geometry.InputValues + (y * _geometry.InputWidth + x) * _geometry.InputChannels;
        // Element k of an offset's channels lies in plane k: its subspaces follow one another, and only the last one has padding.
        var first = offset * _geometry.SubspacesPerOffset * _geometry.VectorLength;
        for (var k = 0; k < _geometry.InputChannels; k++) _planes[(long)(first + k) * Columns + column] = source[k];
    }
}
