using LutDla.Training.Networks;
using static TorchSharp.torch;

namespace LutDla.Training.Data;

/// <summary>Images as a network takes them, with their labels.</summary>
/// <param name="Images">[count, channels, height, width], stored channels last.</param>
/// <param name="Labels">[count], int64.</param>
internal sealed record ImageBatch(Tensor Images, Tensor Labels)
{
    /// <summary>The images at <paramref name="indices"/> as they are.</summary>
    public static ImageBatch Whole(Dataset data, IEnumerable<int> indices, PixelNormalisation normalisation) =>
        Of(data, [.. indices], normalisation, (source, target, _) => source.CopyTo(target));

    /// <summary>The images at <paramref name="indices"/>, each shifted and perhaps mirrored as <paramref name="random"/> says.</summary>
    public static ImageBatch Augmented(Dataset data, ReadOnlySpan<int> indices, PixelNormalisation normalisation, Augmentation augmentation, Random random)
    {
        var moves = new Move[indices.Length];
        for (var i = 0; i < moves.Length; i++) moves[i] = augmentation.Draw(random);
        return Of(data, indices.ToArray(), normalisation, (source, target, i) => moves[i].Apply(data, source, target));
    }

    private delegate void Copy(ReadOnlySpan<byte> source, Span<byte> target, int position);

    private static ImageBatch Of(Dataset data, int[] indices, PixelNormalisation normalisation, Copy copy)
    {
        var values = new float[indices.Length * data.ImageBytes];
        var bytes = new byte[data.ImageBytes];
        var levels = Levels(data.Channels, normalisation);
        for (var i = 0; i < indices.Length; i++)
        {
            copy(data.Image(indices[i]), bytes, i);
            var target = values.AsSpan(i * bytes.Length, bytes.Length);
            for (var k = 0; k < target.Length; k++) target[k] = levels[k % data.Channels * 256 + bytes[k]];
        }

        return new ImageBatch(
            tensor(values, [indices.Length, data.Height, data.Width, data.Channels]).permute(0, 3, 1, 2),
            tensor(Array.ConvertAll(indices, index => (long)data.Labels[index])));
    }

    private static float[] Levels(int channels, PixelNormalisation normalisation)
    {
        var levels = new float[channels * 256];
        for (var i = 0; i < levels.Length; i++) levels[i] = normalisation.Apply((byte)(i % 256), i / 256);
        return levels;
    }
}
