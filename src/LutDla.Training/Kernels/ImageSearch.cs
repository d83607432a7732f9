using System.Runtime.CompilerServices;
using LutDla.Hardware;

namespace LutDla.Training.Kernels;

/// <summary>Centroid search over whole images.</summary>
internal static unsafe class ImageSearch
{
    private const int PointwiseRows = 128;

    /// <summary>The nearest centroid of every sub-vector.</summary>
    /// <param name="images">[imageCount, InputHeight, InputWidth, InputChannels].</param>
    /// <param name="codebooks">[SubspaceCount, CentroidCount, VectorLength].</param>
    /// <param name="indices">[SubspaceCount, imageCount · RowsPerImage], written.</param>
    public static void Run(LutGeometry geometry, DistanceMetric metric, float* images, int imageCount, float* codebooks, byte* indices)
    {
        var rows = imageCount * geometry.RowsPerImage;
        if (!geometry.IsPointwise)
        {
            Slices.Run(imageCount, (begin, end) => Run(geometry, metric, images, begin, end, codebooks, indices, rows));
            return;
        }

        // Pixels stand alone here, so that they can be cut into pieces that fill whole vectors.
        var piece = geometry with { InputHeight = 1, InputWidth = PointwiseRows };
        var whole = rows / PointwiseRows;
        Slices.Run(whole, (begin, end) => Run(piece, metric, images, begin, end, codebooks, indices, rows));
        if (rows % PointwiseRows == 0) return;
        var done = whole * PointwiseRows;
        var rest = geometry with { InputHeight = 1, InputWidth = rows - done };
        Run(rest, metric, images + done * geometry.InputChannels, 0, 1, codebooks, indices + done, rows);
    }

    private static void Run(
        LutGeometry geometry, DistanceMetric metric, float* images, int begin, int end, float* codebooks, byte* indices, int rows)
    {
        var planes = new SubVectorPlanes(geometry);
        var found = GC.AllocateUninitializedArray<byte>(planes.Columns, pinned: true);
        var nearest = (byte*)Unsafe.AsPointer(ref found[0]);
        var (perImage, length) = (geometry.RowsPerImage, geometry.VectorLength);
        for (var image = begin; image < end; image++)
        {
            planes.Load(images + (long)image * geometry.InputValues);
            for (var s = 0; s < geometry.SubspaceCount; s++)
            {
                var block = s % geometry.SubspacesPerOffset;
                if (block == 0) planes.Pack(s / geometry.SubspacesPerOffset);
                CentroidSearch.Run(
                    metric, planes.Planes + block * length * planes.Columns, geometry.Elements(s), planes.Columns,
                    codebooks + (long)s * geometry.CentroidCount * length, geometry.CentroidCount, length, nearest);
                found.AsSpan(0, perImage).CopyTo(new Span<byte>(indices + (long)s * rows + (long)image * perImage, perImage));
            }
        }
    }
}
