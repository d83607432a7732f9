using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LutDla.Networks.Data;

/// <summary>Sequences of tokens in memory, with a label each or to be predicted token by token.</summary>
public sealed record TokenData : IExamples
{
    public required string Name { get; init; }

    /// <summary>How many different tokens there are.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>All sequences, one after the other; 0 to <see cref="Vocabulary"/> - 1.</summary>
    public required ImmutableArray<int> Tokens { get; init; }

    /// <summary>[Count + 1]: where each sequence begins in <see cref="Tokens"/>, and the end.</summary>
    public required ImmutableArray<int> Starts { get; init; }

    /// <summary>[Count], 0 to <see cref="Classes"/> - 1; empty where the next token is what is predicted.</summary>
    public ImmutableArray<int> Labels { get; init; } = [];

    public required int Classes { get; init; }

    /// <summary>The token of unknown words, to hide words by; null where there is none.</summary>
    public int? Unknown { get; init; }

    public int Count => Starts.Length - 1;

    /// <inheritdoc/>
    public string Shape => $"{Vocabulary} tokens";

    /// <summary>Tokens of the longest sequence.</summary>
    public int Longest => Enumerable.Range(0, Count).Max(index => Starts[index + 1] - Starts[index]);

    public ReadOnlySpan<int> Sequence(int index) => Tokens.AsSpan()[Starts[index]..Starts[index + 1]];

    /// <summary>All sequences, in order.</summary>
    public IEnumerable<ReadOnlyMemory<int>> All() =>
        Enumerable.Range(0, Count).Select(index => Tokens.AsMemory()[Starts[index]..Starts[index + 1]]);

    /// <summary>The first <paramref name="count"/> sequences, or all where there are fewer.</summary>
    public TokenData Take(int count) => count >= Count
        ? this
        : this with
        {
            Tokens = Tokens[..Starts[count]], Starts = Starts[..(count + 1)], Labels = Labels.IsEmpty ? Labels : Labels[..count],
        };

    void IExamples.AppendTo(IncrementalHash hash)
    {
        foreach (var values in new[] { Tokens, Starts, Labels }) hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    ExampleBatch IExamples.Whole(IEnumerable<int> indices) => new TokenBatch(this, [.. indices], _ => false);

    ExampleBatch IExamples.Augment(ReadOnlySpan<int> indices, Augmentation augmentation, Random random) => new TokenBatch(
        this, indices.ToArray(),
        _ => Unknown is not null && augmentation.HiddenShare > 0 && random.NextDouble() < augmentation.HiddenShare);
}
