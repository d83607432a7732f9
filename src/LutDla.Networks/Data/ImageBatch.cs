using LutDla.Networks.Execution;
using static TorchSharp.torch;

namespace LutDla.Networks.Data;

/// <summary>Some images of a data set, perhaps varied, and their labels.</summary>
internal sealed class ImageBatch : ExampleBatch
{
    private readonly Dataset _data;

    private readonly int[] _indices;

    /// <summary>[count, Height, Width, Channels].</summary>
    private readonly byte[] _pixels;

    private ImageBatch(Dataset data, int[] indices)
    {
        (_data, _indices) = (data, indices);
        _pixels = new byte[indices.Length * data.ImageBytes];
    }

    /// <summary>The images at <paramref name="indices"/> as they are.</summary>
    public static ImageBatch Whole(Dataset data, IEnumerable<int> indices)
    {
        var batch = new ImageBatch(data, [.. indices]);
        for (var i = 0; i < batch._indices.Length; i++) data.Image(batch._indices[i]).CopyTo(batch.Pixels(i));
        return batch;
    }

    /// <summary>The images at <paramref name="indices"/>, each shifted and perhaps mirrored as <paramref name="random"/> says.</summary>
    public static ImageBatch Augment(Dataset data, ReadOnlySpan<int> indices, Augmentation augmentation, Random random)
    {
        var batch = new ImageBatch(data, indices.ToArray());
        for (var i = 0; i < indices.Length; i++) augmentation.Draw(random).Apply(data, data.Image(indices[i]), batch.Pixels(i));
        return batch;
    }

    /// <inheritdoc/>
    public override int Count => _indices.Length;

    /// <inheritdoc/>
    public override Tensor Labels() => tensor(Array.ConvertAll(_indices, index => (long)_data.Labels[index]));

    /// <inheritdoc/>
    public override Tensor Inputs(FloatNetwork network) => Images(network.Normalisation);

    /// <summary>What a float network takes: [count, channels, height, width], stored channels last.</summary>
    public Tensor Images(PixelNormalisation normalisation) => Levels(normalisation.Levels()).permute(0, 3, 1, 2);

    /// <summary>Each byte b of channel k as levels[k · 256 + b]: [count, height, width, channels].</summary>
    public override Tensor Levels(ReadOnlySpan<float> levels)
    {
        var values = new float[_pixels.Length];
        for (var i = 0; i < values.Length; i++) values[i] = levels[i % _data.Channels * 256 + _pixels[i]];
        return tensor(values, [_indices.Length, _data.Height, _data.Width, _data.Channels]);
    }

    private Span<byte> Pixels(int position) => _pixels.AsSpan(position * _data.ImageBytes, _data.ImageBytes);
}
