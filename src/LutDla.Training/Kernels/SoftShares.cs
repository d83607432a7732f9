using System.Runtime.Intrinsics;

namespace LutDla.Training.Kernels;

/// <summary>
/// What sub-vectors and temperature would get if each sub-vector took all table rows, in shares that fall with the squared distance:
/// softmax(-d / unit). A block is <see cref="Lanes"/> images, one beside the other: AVX-512 where the machine has it, else the runtime's
/// own halves of it.
/// </summary>
/// <param name="table">[S, c, out].</param>
/// <param name="centroids">[S, c, v].</param>
internal sealed unsafe class SoftShares(LutGeometry geometry, float* table, float* centroids)
{
    /// <summary>Images of a block: two vectors, so that what is read of tables and centroids serves twice.</summary>
    public const int Lanes = 32;

    private const int Half = Lanes / 2;

    /// <summary>Table rows that are multiplied at once, and elements of a sub-vector.</summary>
    private const int Quad = 4;

    private readonly float[] _halfSquares = HalfSquares(geometry, centroids);

    /// <summary>The sum of the least squared distances of all sub-vectors, those of padding included.</summary>
    /// <param name="images">[input values, <see cref="Lanes"/>].</param>
    /// <param name="count">Images of the block, which are the first ones.</param>
    public double LeastDistances(float* images, int count)
    {
        var sum = 0.0;
        using var work = new SoftWork(geometry);
        for (var row = 0; row < geometry.RowsPerImage; row++)
        {
            var (first, second) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (int offset = 0, s = 0; offset < geometry.Window.Area; offset++)
            {
                var pixel = geometry.InputPixel(row, offset);
                for (var block = 0; block < geometry.SubspacesPerOffset; block++, s++)
                {
                    var inputs = pixel < 0 ? work.Zeros : images + Place(pixel, block);
                    Distances(inputs, Elements(block), s, work);
                    first += Vector512.Load(work.Least) + HalfSquare(inputs, Elements(block));
                    second += Vector512.Load(work.Least + Half) + HalfSquare(inputs + Half, Elements(block));
                }
            }

            sum += 2 * (Vector512.Sum(first & Seen(count)) + Vector512.Sum(second & Seen(count - Half)));
        }

        return sum;
    }

    /// <summary>The gradients of a block.</summary>
    /// <param name="images">[input values, <see cref="Lanes"/>].</param>
    /// <param name="gradient">[output values, <see cref="Lanes"/>], of the sums; 0 for images that are none.</param>
    /// <param name="unit">The temperature, in squared activation codes.</param>
    /// <param name="results">[input values, <see cref="Lanes"/>], zeros, added to: the gradient of the images.</param>
    /// <param name="movesUnit">Whether sub-vectors beyond the edge are looked at, which only have a part in the unit's gradient.</param>
    /// <returns>The gradient of the unit's natural logarithm, if it moves.</returns>
    public double Gradient(float* images, float* gradient, float unit, float* results, bool movesUnit)
    {
        var sum = 0.0;
        using var work = new SoftWork(geometry);
        for (var row = 0; row < geometry.RowsPerImage; row++, gradient += geometry.OutputChannels * Lanes)
        {
            var total = Vector512<float>.Zero;
            for (var offset = 0; offset < geometry.Window.Area; offset++)
            {
                var pixel = geometry.InputPixel(row, offset);
                if (pixel < 0 && !movesUnit) continue;
                for (var block = 0; block < geometry.SubspacesPerOffset; block++)
                {
                    var s = offset * geometry.SubspacesPerOffset + block;
                    Want(gradient, table + (long)s * geometry.CentroidCount * geometry.OutputChannels, work.Wanted);
                    var inputs = pixel < 0 ? work.Zeros : images + Place(pixel, block);
                    Distances(inputs, Elements(block), s, work);
                    total += Soften(work, unit);
                    if (pixel >= 0) Add(work.Distances, Elements(block), s, 2 / unit, results + Place(pixel, block));
                }
            }

            sum += Vector512.Sum(total);
        }

        return sum;
    }

    // The first lanes, as many as there are images.
    private static Vector512<float> Seen(int count) => Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)count));

    private long Place(int pixel, int block) => ((long)pixel * geometry.InputChannels + block * geometry.VectorLength) * Lanes;

    private int Elements(int block) => Math.Min(geometry.VectorLength, geometry.InputChannels - block * geometry.VectorLength);

    // wanted[j] = gradient · table row j: what share j should grow by.
    private void Want(float* gradient, float* rows, float* wanted)
    {
        unchecked
        {
            var (channels, last) = (geometry.OutputChannels, geometry.CentroidCount - 1);
            for (var j = 0; j <= last; j += Quad, wanted += Quad * Lanes)
            {
                // Rows beyond the last repeat it; nobody reads what comes of them.
                float* row0 = rows + j * channels, row1 = rows + Math.Min(j + 1, last) * channels;
                float* row2 = rows + Math.Min(j + 2, last) * channels, row3 = rows + Math.Min(j + 3, last) * channels;
                var (a0, a1, a2, a3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                var (b0, b1, b2, b3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                for (var n = 0; n < channels; n++)
                {
                    var (first, second) = (Vector512.Load(gradient + n * Lanes), Vector512.Load(gradient + n * Lanes + Half));
                    var entry = Vector512.Create(row0[n]);
                    (a0, b0) = (Vector512.FusedMultiplyAdd(first, entry, a0), Vector512.FusedMultiplyAdd(second, entry, b0));
                    entry = Vector512.Create(row1[n]);
                    (a1, b1) = (Vector512.FusedMultiplyAdd(first, entry, a1), Vector512.FusedMultiplyAdd(second, entry, b1));
                    entry = Vector512.Create(row2[n]);
                    (a2, b2) = (Vector512.FusedMultiplyAdd(first, entry, a2), Vector512.FusedMultiplyAdd(second, entry, b2));
                    entry = Vector512.Create(row3[n]);
                    (a3, b3) = (Vector512.FusedMultiplyAdd(first, entry, a3), Vector512.FusedMultiplyAdd(second, entry, b3));
                }

                Store(wanted, a0, b0);
                Store(wanted + Lanes, a1, b1);
                Store(wanted + 2 * Lanes, a2, b2);
                Store(wanted + 3 * Lanes, a3, b3);
            }
        }
    }

    // |centroid j|² / 2 - input · centroid j, half the squared distances less |input|², which softmax does not notice; and the least of
    // them.
    private void Distances(float* inputs, int elements, int s, SoftWork work)
    {
        unchecked
        {
            var centroid = centroids + (long)s * geometry.CentroidCount * geometry.VectorLength;
            var halfSquares = _halfSquares.AsSpan(s * geometry.CentroidCount, geometry.CentroidCount);
            var distances = work.Distances;
            var (leastFirst, leastSecond) = (Vector512.Create(float.MaxValue), Vector512.Create(float.MaxValue));
            if (elements == Quad)
            {
                QuadDistances(inputs, centroid, halfSquares, distances, work.Least);
                return;
            }

            for (var j = 0; j < halfSquares.Length; j++, centroid += geometry.VectorLength, distances += Lanes)
            {
                var first = Vector512.Create(halfSquares[j]);
                var second = first;
                for (var t = 0; t < elements; t++)
                {
                    var element = Vector512.Create(-centroid[t]);
                    first = Vector512.FusedMultiplyAdd(Vector512.Load(inputs + t * Lanes), element, first);
                    second = Vector512.FusedMultiplyAdd(Vector512.Load(inputs + t * Lanes + Half), element, second);
                }

                Store(distances, first, second);
                (leastFirst, leastSecond) = (Vector512.MinNative(leastFirst, first), Vector512.MinNative(leastSecond, second));
            }

            Store(work.Least, leastFirst, leastSecond);
        }
    }

    // The usual length holds its elements in registers.
    private void QuadDistances(float* inputs, float* centroid, ReadOnlySpan<float> halfSquares, float* distances, float* least)
    {
        unchecked
        {
            var (x0, x1) = (-Vector512.Load(inputs), -Vector512.Load(inputs + Lanes));
            var (x2, x3) = (-Vector512.Load(inputs + 2 * Lanes), -Vector512.Load(inputs + 3 * Lanes));
            inputs += Half;
            var (y0, y1) = (-Vector512.Load(inputs), -Vector512.Load(inputs + Lanes));
            var (y2, y3) = (-Vector512.Load(inputs + 2 * Lanes), -Vector512.Load(inputs + 3 * Lanes));
            var (leastFirst, leastSecond) = (Vector512.Create(float.MaxValue), Vector512.Create(float.MaxValue));
            var length = geometry.VectorLength;
            for (var j = 0; j < halfSquares.Length; j++, centroid += length, distances += Lanes)
            {
                var element = Vector512.Create(centroid[0]);
                var first = Vector512.FusedMultiplyAdd(x0, element, Vector512.Create(halfSquares[j]));
                var second = Vector512.FusedMultiplyAdd(y0, element, Vector512.Create(halfSquares[j]));
                element = Vector512.Create(centroid[1]);
                (first, second) = (Vector512.FusedMultiplyAdd(x1, element, first), Vector512.FusedMultiplyAdd(y1, element, second));
                element = Vector512.Create(centroid[2]);
                (first, second) = (Vector512.FusedMultiplyAdd(x2, element, first), Vector512.FusedMultiplyAdd(y2, element, second));
                element = Vector512.Create(centroid[3]);
                (first, second) = (Vector512.FusedMultiplyAdd(x3, element, first), Vector512.FusedMultiplyAdd(y3, element, second));
                Store(distances, first, second);
                (leastFirst, leastSecond) = (Vector512.MinNative(leastFirst, first), Vector512.MinNative(leastSecond, second));
            }

            Store(least, leastFirst, leastSecond);
        }
    }

    private static Vector512<float> HalfSquare(float* inputs, int elements)
    {
        unchecked
        {
            var sum = Vector512<float>.Zero;
            for (var t = 0; t < elements; t++)
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(inputs + t * Lanes), Vector512.Load(inputs + t * Lanes), sum);
            return sum * 0.5f;
        }
    }

    // Distances become changes share · (wanted - sum of share · wanted); returns the gradient of the unit's logarithm. Both halves at once
    // hide each other's waiting.
    private Vector512<float> Soften(SoftWork work, float unit)
    {
        unchecked
        {
            float* distances = work.Distances, wanted = work.Wanted;
            var (leastFirst, leastSecond) = (Vector512.Load(work.Least), Vector512.Load(work.Least + Half));
            // Shares are powers of two, of what is half the distances.
            var factor = Vector512.Create((float)(2 / (unit * Math.Log(2))));
            var (first, second) = (default(SoftSums), default(SoftSums));
            var end = geometry.CentroidCount * Lanes;
            for (var i = 0; i < end; i += Lanes)
            {
                first.Add((leastFirst - Vector512.Load(distances + i)) * factor, Vector512.Load(wanted + i)).Store(distances + i);
                second.Add((leastSecond - Vector512.Load(distances + i + Half)) * factor, Vector512.Load(wanted + i + Half))
                    .Store(distances + i + Half);
            }

            var (inverseFirst, inverseSecond) = (Vector512<float>.One / first.Weights, Vector512<float>.One / second.Weights);
            var (meanFirst, meanSecond) = (first.Wanted * inverseFirst, second.Wanted * inverseSecond);
            for (var i = 0; i < end; i += Lanes)
            {
                (Vector512.Load(distances + i) * inverseFirst * (Vector512.Load(wanted + i) - meanFirst)).Store(distances + i);
                (Vector512.Load(distances + i + Half) * inverseSecond * (Vector512.Load(wanted + i + Half) - meanSecond))
                    .Store(distances + i + Half);
            }

            // The unit's logarithm moves -d / unit by d / unit.
            var (ofFirst, ofSecond) = (meanFirst * first.Exponents - first.Products, meanSecond * second.Exponents - second.Products);
            return (ofFirst * inverseFirst + ofSecond * inverseSecond) * (float)Math.Log(2);
        }
    }

    // results += factor · sum over j of changes[j] · centroid j. Changes add up to 0, so that the input itself drops out.
    private void Add(float* changes, int elements, int s, float factor, float* results)
    {
        unchecked
        {
            var length = geometry.VectorLength;
            var start = centroids + (long)s * geometry.CentroidCount * length;
            var t = 0;
            for (; t <= elements - Quad; t += Quad)
            {
                AddQuad(changes, start + t, factor, results + t * Lanes);
                AddQuad(changes + Half, start + t, factor, results + t * Lanes + Half);
            }

            for (; t < elements; t++)
            {
                var (first, second) = (Vector512<float>.Zero, Vector512<float>.Zero);
                for (var j = 0; j < geometry.CentroidCount; j++)
                {
                    var element = Vector512.Create(start[j * length + t]);
                    first = Vector512.FusedMultiplyAdd(Vector512.Load(changes + j * Lanes), element, first);
                    second = Vector512.FusedMultiplyAdd(Vector512.Load(changes + j * Lanes + Half), element, second);
                }

                var result = results + t * Lanes;
                Store(result, Vector512.Load(result) + first * factor, Vector512.Load(result + Half) + second * factor);
            }
        }
    }

    private void AddQuad(float* changes, float* centroid, float factor, float* results)
    {
        unchecked
        {
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (var j = 0; j < geometry.CentroidCount; j++, centroid += geometry.VectorLength, changes += Lanes)
            {
                var change = Vector512.Load(changes);
                a = Vector512.FusedMultiplyAdd(change, Vector512.Create(centroid[0]), a);
                b = Vector512.FusedMultiplyAdd(change, Vector512.Create(centroid[1]), b);
                c = Vector512.FusedMultiplyAdd(change, Vector512.Create(centroid[2]), c);
                d = Vector512.FusedMultiplyAdd(change, Vector512.Create(centroid[3]), d);
            }

            (Vector512.Load(results) + a * factor).Store(results);
            (Vector512.Load(results + Lanes) + b * factor).Store(results + Lanes);
            (Vector512.Load(results + 2 * Lanes) + c * factor).Store(results + 2 * Lanes);
            (Vector512.Load(results + 3 * Lanes) + d * factor).Store(results + 3 * Lanes);
        }
    }

    private static void Store(float* target, Vector512<float> first, Vector512<float> second)
    {
        first.Store(target);
        second.Store(unchecked(target + Half));
    }

    private static float[] HalfSquares(LutGeometry geometry, float* centroids)
    {
        var squares = new float[geometry.SubspaceCount * geometry.CentroidCount];
        for (var i = 0; i < squares.Length * geometry.VectorLength; i++)
            squares[i / geometry.VectorLength] += centroids[i] * centroids[i] / 2;
        return squares;
    }
}
