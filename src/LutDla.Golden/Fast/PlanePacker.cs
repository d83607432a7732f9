using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>Copies an image into the padded phase planes of <see cref="LayerGeometry"/>. The padding is never written.</summary>
internal static unsafe class PlanePacker
{
    private static int Count => Vector128<short>.Count;

    public static void Pack<T, TElement>(LayerGeometry geometry, short* image, T* planes)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        for (var channel = 0; channel < geometry.Input.Channels; channel++)
        {
            for (var phaseRow = 0; phaseRow < geometry.PhasesHigh; phaseRow++)
            {
                for (var phaseColumn = 0; phaseColumn < geometry.PhasesWide; phaseColumn++)
                {
                    PackPlane<T, TElement>(
                        geometry, image + channel * geometry.Input.Pixels, phaseRow, phaseColumn,
                        planes + geometry.Plane(channel, phaseRow, phaseColumn));
                }
            }
        }
    }

    private static void PackPlane<T, TElement>(LayerGeometry geometry, short* image, int phaseRow, int phaseColumn, T* plane)
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
                CopyRow<T, TElement>(image + row * input.Width + column, window.StrideWidth, target, count);
                target += geometry.Pitch;
            }
        }
    }

    private static int FirstInside(int distance, int stride) => distance <= 0 ? 0 : (distance + stride - 1) / stride;

    // The last vector overlaps the one before, so that nothing is written beyond the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow<T, TElement>(short* source, int step, T* target, int count)
        where T : unmanaged
        where TElement : IPlaneElement<T>
    {
        unchecked
        {
            if (count < Count || step > 2)
            {
                for (var i = 0; i < count; i++)
                    target[i] = TElement.From(source[i * step]);
                return;
            }

            for (var i = 0; i <= count - Count; i += Count)
                TElement.Store(Load(source + i * step, step), target + i);
            TElement.Store(Load(source + (count - Count) * step, step), target + count - Count);
        }
    }

    // With a step of two, the low halves of pairs; the last pair may reach one element into the tensor's slack.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(short* source, int step)
    {
        if (step == 1)
            return Vector128.Load(source);
        var pairs = Vector256.Load((int*)source);
        return Vector128.Narrow(pairs.GetLower(), pairs.GetUpper());
    }
}
