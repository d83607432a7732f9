using System.Runtime.CompilerServices;
using LutDla.Hardware;

namespace LutDla.Training.Kernels;

/// <summary>Centroid search over whole images of whole numbers.</summary>
internal static unsafe class ImageSearch
{
    private const int PointwiseRows = 128;

    /// <summary>The nearest centroid of every sub-vector.</summary>
    /// <param name="activationBits">Of images and codebooks.</param>
    /// <param name="images">[imageCount, InputHeight, InputWidth, InputChannels].</param>
    /// <param name="codebooks">[SubspaceCount, CentroidCount, VectorLength].</param>
    /// <param name="indices">[SubspaceCount, imageCount · RowsPerImage], written.</param>
    public static void Run(
        LutGeometry geometry, DistanceMetric metric, int activationBits, float* images, int imageCount, float* codebooks, byte* indices)
    {
        var rows = imageCount * geometry.RowsPerImage;
        var search = Search(geometry, metric, activationBits, codebooks);
        if (!geometry.IsPointwise)
        {
            Slices.Run(imageCount, (begin, end) => Run(geometry, search, images, begin, end, indices, rows));
            return;
        }

        // Pixels stand alone here, so that they can be cut into pieces that fill whole vectors.
        var piece = geometry with { InputHeight = 1, InputWidth = PointwiseRows };
        var whole = rows / PointwiseRows;
        Slices.Run(whole, (begin, end) => Run(piece, search, images, begin, end, indices, rows));
        if (rows % PointwiseRows == 0) return;
        var done = whole * PointwiseRows;
        var rest = geometry with { InputHeight = 1, InputWidth = rows - done };
        Run(rest, search, images + done * geometry.InputChannels, 0, 1, indices + done, rows);
    }

    /// <summary>The search of one subspace: planes [elements, columns] to indices [columns].</summary>
    private delegate void SubspaceSearch(int subspace, float* planes, int columns, byte* indices);

    private static SubspaceSearch Search(LutGeometry geometry, DistanceMetric metric, int activationBits, float* codebooks)
    {
        if (KeyedSearch.Serves(geometry, metric, activationBits)) return new KeyedSearch(geometry, metric, codebooks).Run;
        return (subspace, planes, columns, indices) => CentroidSearch.Run(
            metric, planes, geometry.Elements(subspace), columns, codebooks + (long)subspace * geometry.CentroidCount * geometry.VectorLength,
            geometry.CentroidCount, geometry.VectorLength, indices);
    }

    private static void Run(LutGeometry geometry, SubspaceSearch search, float* images, int begin, int end, byte* indices, int rows)
    {
        var planes = new SubVectorPlanes(geometry);
        var found = GC.AllocateUninitializedArray<byte>(planes.Columns, pinned: true);
        var nearest = (byte*)Unsafe.AsPointer(ref found[0]);
        var (perImage, columns, perOffset, subspaces) = (geometry.RowsPerImage, planes.Columns, geometry.SubspacesPerOffset, geometry.SubspaceCount);
        var planeValues = geometry.VectorLength * columns;
        for (var image = begin; image < end; image++)
        {
            planes.Load(images + (long)image * geometry.InputValues);
            for (var s = 0; s < subspaces; s++)
            {
                var block = s % perOffset;
                if (block == 0) planes.Pack(s / perOffset);
                search(s, planes.Planes + block * planeValues, columns, nearest);
                found.AsSpan(0, perImage).CopyTo(new Span<byte>(indices + (long)s * rows + (long)image * perImage, perImage));
            }
        }
    }
}
