using System.Security.Cryptography;
using LutDla.Networks.Execution;

namespace LutDla.Networks.Data;

/// <summary>Labelled images of one shape, in memory.</summary>
public sealed record Dataset : IExamples
{
    /// <summary>For people and metadata: <c>fashion-mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>[Count, Height, Width, Channels], 0 to 255.</summary>
    public required byte[] Images { get; init; }

    /// <summary>[Count], 0 to <see cref="Classes"/> - 1.</summary>
    public required byte[] Labels { get; init; }

    /// <summary>Whether somebody said the labels; if not, they are what a network says (<c>ExampleLabels</c>).</summary>
    public bool IsLabelled { get; init; } = true;

    /// <summary>Whether a network may tell more classes apart than <see cref="Classes"/>: only those that occur are known.</summary>
    internal bool LacksClasses { get; init; }

    /// <summary>What the bytes stand for, where they came as numbers that a network takes.</summary>
    public PixelNormalisation? Meaning { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    public required int Channels { get; init; }

    public required int Classes { get; init; }

    public int Count => Labels.Length;

    /// <summary>Bytes of one image.</summary>
    public int ImageBytes => Height * Width * Channels;

    /// <summary>Of an image, for people: <c>28x28x1</c>.</summary>
    public string Shape => $"{Height}x{Width}x{Channels}";

    /// <summary>[Height, Width, Channels] of image <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Images.AsSpan(index * ImageBytes, ImageBytes);

    /// <summary>All images, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> All() =>
        Enumerable.Range(0, Count).Select(i => new ReadOnlyMemory<byte>(Images, i * ImageBytes, ImageBytes));

    void IExamples.AppendTo(IncrementalHash hash)
    {
        hash.AppendData(Images);
        hash.AppendData(Labels);
    }

    ExampleBatch IExamples.Whole(IEnumerable<int> indices) => ImageBatch.Whole(this, indices);

    ExampleBatch IExamples.Augment(ReadOnlySpan<int> indices, Augmentation augmentation, Random random) =>
        ImageBatch.Augment(this, indices, augmentation, random);

    /// <summary>The images at <paramref name="indices"/>.</summary>
    internal Dataset At(int[] indices) => this with
    {
        Images = [.. indices.SelectMany(index => Image(index).ToArray())], Labels = Array.ConvertAll(indices, index => Labels[index]),
    };

    /// <summary>The first <paramref name="count"/> images, or all where there are fewer.</summary>
    public Dataset Take(int count) => count >= Count
        ? this
        : this with { Images = Images[..(count * ImageBytes)], Labels = Labels[..count] };
}
