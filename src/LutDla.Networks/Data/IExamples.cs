using System.Security.Cryptography;

namespace LutDla.Networks.Data;

/// <summary>What networks are trained on, converted with and measured by: images, or sequences of tokens.</summary>
public interface IExamples
{
    /// <summary>For people and metadata.</summary>
    string Name { get; }

    int Count { get; }

    /// <summary>Of an example, for people: <c>28x28x1</c>; <c>512 tokens</c> where there are as many different ones.</summary>
    string Shape { get; }

    /// <summary>What a network tells apart: classes of images or texts, or the tokens that may come next.</summary>
    int Classes { get; }

    /// <summary>Adds all that there is, in order: other data gives another hash.</summary>
    internal void AppendTo(IncrementalHash hash);

    /// <summary>The examples at <paramref name="indices"/> as they are.</summary>
    internal ExampleBatch Whole(IEnumerable<int> indices);

    /// <summary>The examples at <paramref name="indices"/>, varied as <paramref name="random"/> says, where such examples can be.</summary>
    internal ExampleBatch Augment(ReadOnlySpan<int> indices, Augmentation augmentation, Random random);
}
