using System.Runtime.InteropServices;

namespace LutDla.Training.Kernels;

/// <summary>What <see cref="SoftShares"/> knows of one sub-vector of every image of a block, aligned to whole vectors.</summary>
internal sealed unsafe class SoftWork : IDisposable
{
    private const int Alignment = 64;

    private readonly float* _start;

    public SoftWork(LutGeometry geometry)
    {
        // Table rows are multiplied a few at once, so that there is room for some more than there are centroids.
        var (rows, elements) = ((geometry.CentroidCount + 3) / 4 * 4, geometry.VectorLength);
        var values = (2 * rows + elements + 1) * SoftShares.Lanes;
        _start = (float*)NativeMemory.AlignedAlloc((nuint)values * sizeof(float), Alignment);
        new Span<float>(_start, values).Clear();
        Distances = _start;
        Wanted = Distances + rows * SoftShares.Lanes;
        Zeros = Wanted + rows * SoftShares.Lanes;
        Least = Zeros + elements * SoftShares.Lanes;
    }

    /// <summary>[c, lanes].</summary>
    public float* Distances { get; }

    /// <summary>[c rounded up, lanes].</summary>
    public float* Wanted { get; }

    /// <summary>[v, lanes]: the sub-vector beyond an image's edge.</summary>
    public float* Zeros { get; }

    /// <summary>[lanes].</summary>
    public float* Least { get; }

    public void Dispose() => NativeMemory.AlignedFree(_start);
}
