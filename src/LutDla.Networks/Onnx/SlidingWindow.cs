using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>How a convolution or pooling moves over its spatial dimensions; one number for each of them. Padding is explicit.</summary>
/// <param name="PadsBegin">Before the first element; at least 0.</param>
/// <param name="PadsEnd">After the last one; at least 0.</param>
public sealed record SlidingWindow(
    ImmutableArray<long> Kernel,
    ImmutableArray<long> Strides,
    ImmutableArray<long> PadsBegin,
    ImmutableArray<long> PadsEnd,
    ImmutableArray<long> Dilations)
{
    public int Rank => Kernel.Length;

    public bool IsDilated => Dilations.Any(dilation => dilation != 1);

    public bool IsPaddedEvenly => PadsBegin.SequenceEqual(PadsEnd);

    /// <summary>Whether every place of the window touches an element.</summary>
    public bool IsPaddedLessThanWindow =>
        Enumerable.Range(0, Rank).All(i => Math.Max(PadsBegin[i], PadsEnd[i]) < Extent(i));

    /// <summary>Elements from the first to the last that a window touches.</summary>
    public long Extent(int dimension) => checked((Kernel[dimension] - 1) * Dilations[dimension] + 1);

    /// <summary>Places of the window along a side of <paramref name="side"/> elements.</summary>
    /// <param name="roundsUp">Whether a last window that reaches past the end counts, if it starts before the end.</param>
    internal long OutputSide(int dimension, long side, bool roundsUp)
    {
        var free = checked(side + PadsBegin[dimension] + PadsEnd[dimension] - Extent(dimension));
        if (free < 0)
            throw new OperatorException($"A window of {Extent(dimension)} elements does not fit a side of {side}.");
        var stride = Strides[dimension];
        if (!roundsUp) return free / stride + 1;
        var count = (free + stride - 1) / stride + 1;
        return (count - 1) * stride >= side + PadsBegin[dimension] ? count - 1 : count;
    }
}
