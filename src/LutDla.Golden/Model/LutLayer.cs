using System.Collections.Immutable;
using LutDla.Hardware;

namespace LutDla.Golden.Model;

/// <summary>How the K inputs of an output pixel are cut into sub-vectors (docs/arithmetic.md, section 2).</summary>
public enum SubspaceLayout
{
    /// <summary>
    /// v consecutive channels at one kernel offset; each offset has ceil(channels / v) subspaces, the last one padded with zeros.
    /// </summary>
    Channels,

    /// <summary>All kernel positions of one channel, row by row: v = kernel area, one subspace a channel.</summary>
    Window,
}

/// <summary>
/// A matrix product as tables: out[m, n] = rescale(bias[n] + sum over s of table[s, idx[m, s], n]), where idx[m, s] is the nearest
/// centroid of sub-vector s of row m. A linear layer is a 1 x 1 convolution on a 1 x 1 image.
/// </summary>
public sealed record LutLayer
{
    public required int InputChannels { get; init; }

    /// <summary>Output channels, N.</summary>
    public required int OutputChannels { get; init; }

    public required Window Window { get; init; }

    public SubspaceLayout Layout { get; init; } = SubspaceLayout.Channels;

    /// <summary>Elements of a sub-vector, v: 1 to 16.</summary>
    public required int VectorLength { get; init; }

    /// <summary>Centroids of each subspace, c: 2 to 256.</summary>
    public required int CentroidCount { get; init; }

    public required DistanceMetric Metric { get; init; }

    /// <summary>Bits of the signed activations and centroids, 4 to 16.</summary>
    public required int ActivationBits { get; init; }

    /// <summary>Bits of the signed table entries, 2 to 16.</summary>
    public required int TableBits { get; init; }

    /// <summary>[SubspaceCount, CentroidCount, VectorLength]. Padding elements are 0.</summary>
    public required ImmutableArray<short> Codebooks { get; init; }

    /// <summary>[SubspaceCount, CentroidCount, OutputChannels].</summary>
    public required ImmutableArray<short> Tables { get; init; }

    /// <summary>[OutputChannels], in accumulator units.</summary>
    public required ImmutableArray<int> Bias { get; init; }

    /// <summary>[OutputChannels], 0 to <see cref="RescaleFormat.MaximumMultiplier"/>.</summary>
    public required ImmutableArray<int> Multiplier { get; init; }

    /// <summary>[OutputChannels], 0 to <see cref="RescaleFormat.MaximumShift"/>.</summary>
    public required ImmutableArray<int> Shift { get; init; }

    /// <summary>Lower clamp of the output; 0 is a ReLU.</summary>
    public required int OutputMinimum { get; init; }

    /// <summary>Upper clamp of the output.</summary>
    public required int OutputMaximum { get; init; }

    /// <summary>Subspaces of one kernel offset (layout <see cref="SubspaceLayout.Channels"/>).</summary>
    public int SubspacesPerOffset => (InputChannels + VectorLength - 1) / VectorLength;

    /// <summary>
    /// Subspaces, S. Numbered by offset (row, column), then by channel block; by channel in layout <see cref="SubspaceLayout.Window"/>.
    /// </summary>
    public int SubspaceCount => Layout switch
    {
        SubspaceLayout.Channels => Window.Area * SubspacesPerOffset,
        SubspaceLayout.Window => InputChannels,
        _ => throw new InvalidOperationException($"The layout {Layout} is not known."),
    };

    public LutSizes Sizes => new(VectorLength, CentroidCount, Metric, ActivationBits, TableBits, SubspaceCount);

    internal ChannelRescale Rescale => new(Bias, Multiplier, Shift, OutputMinimum, OutputMaximum);
}
