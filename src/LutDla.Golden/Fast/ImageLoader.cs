using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LutDla.Golden.Fast;

/// <summary>Images as training holds them, whole numbers in single precision with channels last, to planes.</summary>
internal static unsafe class ImageLoader
{
    /// <summary>Channels that are transposed at once.</summary>
    private const int Channels = 16;

    /// <summary>Pixels that are transposed at once.</summary>
    private const int Pixels = 8;

    /// <param name="image">[Height, Width, Channels] of <paramref name="planes"/>, which are narrow.</param>
    public static void Load(float* image, PlaneTensor planes)
    {
        unchecked
        {
            var shape = planes.Shape;
            var wholeChannels = Avx512BW.IsSupported ? shape.Channels - shape.Channels % Channels : 0;
            var wholeWidth = shape.Width - shape.Width % Pixels;
            for (var y = 0; y < shape.Height; y++, image += shape.Width * shape.Channels)
            {
                for (var k = 0; k < wholeChannels; k += Channels)
                {
                    var plane = planes.Narrow.Pointer + planes.Row(k, y);
                    for (var x = 0; x < wholeWidth; x += Pixels)
                        LoadBlock(image + x * shape.Channels + k, shape.Channels, plane + x, planes.PlaneStride);
                    LoadEach(image, planes, y, k, k + Channels, wholeWidth);
                }

                LoadEach(image, planes, y, wholeChannels, shape.Channels, 0);
            }
        }
    }

    private static void LoadEach(float* row, PlaneTensor planes, int y, int firstChannel, int endChannel, int firstColumn)
    {
        unchecked
        {
            for (var k = firstChannel; k < endChannel; k++)
            {
                var target = planes.Narrow.Pointer + planes.Row(k, y);
                for (var x = firstColumn; x < planes.Shape.Width; x++)
                    target[x] = (short)row[x * planes.Shape.Channels + k];
            }
        }
    }

    // Every quarter of a vector holds four channels: eight pixels of each come together.
    private static void LoadBlock(float* pixels, int channels, short* planes, int planeStride)
    {
        unchecked
        {
            var (low01, high01) = Quad(pixels, channels);
            var (low23, high23) = Quad(pixels + 4 * channels, channels);
            Store(Avx512F.UnpackLow(low01, low23), planes, planeStride);
            Store(Avx512F.UnpackHigh(low01, low23), planes + planeStride, planeStride);
            Store(Avx512F.UnpackLow(high01, high23), planes + 2 * planeStride, planeStride);
            Store(Avx512F.UnpackHigh(high01, high23), planes + 3 * planeStride, planeStride);
        }
    }

    // Four pixels of each quarter's first and second channel, and of its third and fourth.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<long> Low, Vector512<long> High) Quad(float* pixels, int channels)
    {
        unchecked
        {
            var first = Avx512BW.PackSignedSaturate(Integers(pixels), Integers(pixels + channels));
            var second = Avx512BW.PackSignedSaturate(Integers(pixels + 2 * channels), Integers(pixels + 3 * channels));
            var (even, odd) = (Avx512BW.UnpackLow(first, second), Avx512BW.UnpackHigh(first, second));
            return (Avx512BW.UnpackLow(even, odd).AsInt64(), Avx512BW.UnpackHigh(even, odd).AsInt64());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Integers(float* values) => Avx512F.ConvertToVector512Int32(Vector512.Load(values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<long> channels, short* planes, int planeStride)
    {
        unchecked
        {
            var (lower, upper) = (channels.AsInt16().GetLower(), channels.AsInt16().GetUpper());
            lower.GetLower().Store(planes);
            lower.GetUpper().Store(planes + 4 * planeStride);
            upper.GetLower().Store(planes + 8 * planeStride);
            upper.GetUpper().Store(planes + 12 * planeStride);
        }
    }
}
