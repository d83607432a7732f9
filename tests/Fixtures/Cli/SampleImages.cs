using System.Buffers.Binary;

namespace LutDla.Tests;

/// <summary>A tiny data set in the files of Fashion-MNIST: images of one class, black or noise.</summary>
internal static class SampleImages
{
    public static void Write(TemporaryFolder folder, int count, int side)
    {
        foreach (var part in new[] { "train", "t10k" })
            Write(folder, count, side, part);
    }

    /// <param name="part">What the names of the two files begin with.</param>
    public static void Write(TemporaryFolder folder, int count, int side, string part) =>
        Write(folder, count, side, part, new byte[count * side * side]);

    /// <summary>No two images alike, so that it shows which of them a step saw.</summary>
    public static void WriteNoise(TemporaryFolder folder, int count, int side, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * side * side];
        foreach (var part in new[] { "train", "t10k" })
        {
            random.NextBytes(pixels);
            Write(folder, count, side, part, pixels);
        }
    }

    private static void Write(TemporaryFolder folder, int count, int side, string part, byte[] pixels)
    {
        File.WriteAllBytes(folder.File($"{part}-images-idx3-ubyte"), [.. Header(0x803, count, side, side), .. pixels]);
        File.WriteAllBytes(folder.File($"{part}-labels-idx1-ubyte"), [.. Header(0x801, count), .. new byte[count]]);
    }

    private static byte[] Header(params int[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }
}
