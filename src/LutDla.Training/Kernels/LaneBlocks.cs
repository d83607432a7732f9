using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>
/// Images in blocks of <see cref="SoftShares.Lanes"/>, one beside the other: a value of one is followed by the same value of its neighbour.
/// </summary>
internal static unsafe class LaneBlocks
{
    /// <summary>Values that are moved at once: a cache line of each image.</summary>
    private const int TileValues = 16;

    public static int Count(int images) => (images + SoftShares.Lanes - 1) / SoftShares.Lanes;

    /// <param name="images">[count, width].</param>
    /// <param name="blocks">[<see cref="Count"/>, width, lanes], written but for the lanes after the last image.</param>
    public static void Split(float* images, int count, int width, float* blocks) => Slices.Run(Count(count), (begin, end) =>
    {
        for (var image = begin * SoftShares.Lanes; image < Math.Min(end * SoftShares.Lanes, count); image += SoftShares.Lanes)
            SplitBlock(images + (long)image * width, Math.Min(SoftShares.Lanes, count - image), width, blocks + (long)image * width);
    });

    /// <summary>The reverse.</summary>
    /// <param name="images">[count, width], written.</param>
    public static void Join(float* blocks, int count, int width, float* images) => Slices.Run(Count(count), (begin, end) =>
    {
        for (var image = begin * SoftShares.Lanes; image < Math.Min(end * SoftShares.Lanes, count); image += SoftShares.Lanes)
            JoinBlock(blocks + (long)image * width, Math.Min(SoftShares.Lanes, count - image), width, images + (long)image * width);
    });

    private static void SplitBlock(float* images, int count, int width, float* block)
    {
        unchecked
        {
            for (var first = 0; first < width; first += TileValues)
            {
                var end = Math.Min(first + TileValues, width);
                for (var lane = 0; lane < count; lane++)
                {
                    var image = images + (long)lane * width;
                    for (var i = first; i < end; i++) block[(long)i * SoftShares.Lanes + lane] = image[i];
                }
            }
        }
    }

    private static void JoinBlock(float* block, int count, int width, float* images)
    {
        unchecked
        {
            for (var first = 0; first < width; first += TileValues)
            {
                var end = Math.Min(first + TileValues, width);
                for (var lane = 0; lane < count; lane++)
                {
                    var image = images + (long)lane * width;
                    for (var i = first; i < end; i++) image[i] = block[(long)i * SoftShares.Lanes + lane];
                }
            }
        }
    }
}
