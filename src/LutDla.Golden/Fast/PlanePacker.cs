using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>Copies an image into the padded phase planes of <see cref="LayerGeometry"/>. The padding stays zero.</summary>
internal static unsafe class PlanePacker
{
    public static void Pack<T, TElement>(LayerGeometry geometry, PlaneTensor image, T* planes)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        for (var channel = 0; channel < geometry.Input.Channels; channel++)
        {
            if (geometry.PacksWholePlanes(image))
                PackWhole<T, TElement>(geometry, image.Narrow.Pointer + image.Row(channel, 0), planes + geometry.Plane(channel, 0, 0));
            else
                PackPhases<T, TElement>(geometry, image, channel, planes);
        }
    }

    // Rows and the padding between them in one go. What is written beyond the plane is the next plane's, which is written later, or
    // padding.
    private static void PackWhole<T, TElement>(LayerGeometry geometry, short* image, T* plane)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        unchecked
        {
            var inside = geometry.InsideMask.Pointer;
            var target = plane + geometry.Window.PaddingHeight * geometry.Pitch + geometry.Window.PaddingWidth;
            for (var i = 0; i < geometry.InsideMask.Length; i += LayerGeometry.LaneGroup)
            {
                var low = Vector512.Load(image + i) & Vector512.LoadAligned(inside + i);
                var high = Vector512.Load(image + i + Vector512<short>.Count) & Vector512.LoadAligned(inside + i + Vector512<short>.Count);
                TElement.Store(low, high, target + i);
            }
        }
    }

    private static void PackPhases<T, TElement>(LayerGeometry geometry, PlaneTensor image, int channel, T* planes)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        for (var phaseRow = 0; phaseRow < geometry.PhasesHigh; phaseRow++)
        {
            for (var phaseColumn = 0; phaseColumn < geometry.PhasesWide; phaseColumn++)
                PackPhase<T, TElement>(
                    geometry, image, channel, phaseRow, phaseColumn, planes + geometry.Plane(channel, phaseRow, phaseColumn));
        }
    }

    private static void PackPhase<T, TElement>(
        LayerGeometry geometry, PlaneTensor image, int channel, int phaseRow, int phaseColumn, T* plane)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        unchecked
        {
            var (window, input) = (geometry.Window, geometry.Input);
            // The first plane column whose image column is not left of the image; likewise the first plane row.
            var firstColumn = FirstInside(window.PaddingWidth - phaseColumn, window.StrideWidth);
            var firstRow = FirstInside(window.PaddingHeight - phaseRow, window.StrideHeight);
            var column = firstColumn * window.StrideWidth + phaseColumn - window.PaddingWidth;
            var count = (input.Width - column + window.StrideWidth - 1) / window.StrideWidth;
            var target = plane + firstRow * geometry.Pitch + firstColumn;
            for (var row = firstRow * window.StrideHeight + phaseRow - window.PaddingHeight; row < input.Height; row += window.StrideHeight)
            {
                CopyRow<T, TElement>(image.Narrow.Pointer + image.Row(channel, row) + column, window.StrideWidth, target, count);
                target += geometry.Pitch;
            }
        }
    }

    private static int FirstInside(int distance, int stride) => distance <= 0 ? 0 : (distance + stride - 1) / stride;

    // Behind the row come zeros: over padding, or over rows and planes that are written later.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow<T, TElement>(short* source, int step, T* target, int count)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        unchecked
        {
            if (step > 2)
            {
                for (var i = 0; i < count; i++)
                    target[i] = TElement.From(source[i * step]);
                return;
            }

            for (var i = 0; i < count; i += Vector256<short>.Count)
            {
                var inside = Vector256.LessThan(
                    Vector256<short>.Indices, Vector256.Create((short)Math.Min(count - i, Vector256<short>.Count)));
                TElement.Store(Load(source + i * step, step) & inside, target + i);
            }
        }
    }

    // With a step of two, the low halves of pairs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(short* source, int step) => step == 1
        ? Vector256.Load(source)
        : Vector256.Narrow(Vector256.Load((int*)source), Vector256.Load((int*)source + Vector256<int>.Count));
}
