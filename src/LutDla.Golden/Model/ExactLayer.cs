using System.Collections.Immutable;
using LutDla.Hardware;

namespace LutDla.Golden.Model;

/// <summary>
/// A convolution that keeps its products, in integers: out[m, n] = rescale(bias[n] + sum over k of weight[n, k] · x[m, k]) over the
/// channels of n's group (docs/arithmetic.md, section 6). A linear layer is a 1 x 1 convolution on a 1 x 1 image.
/// </summary>
public sealed record ExactLayer
{
    public required int InputChannels { get; init; }

    /// <summary>Output channels, N.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>
    /// Groups of channels: the outputs of a group, N / Groups that follow each other, see only its inputs. As many as input channels:
    /// depthwise.
    /// </summary>
    public int Groups { get; init; } = 1;

    public required Window Window { get; init; }

    /// <summary>Bits of the signed weights, 2 to 16.</summary>
    public required int WeightBits { get; init; }

    /// <summary>[OutputChannels, InputChannels / Groups, Window.Height, Window.Width].</summary>
    public required ImmutableArray<short> Weights { get; init; }

    /// <summary>[OutputChannels], in units of the sums.</summary>
    public required ImmutableArray<int> Bias { get; init; }

    /// <summary>[OutputChannels], 0 to <see cref="RescaleFormat.MaximumMultiplier"/>.</summary>
    public required ImmutableArray<int> Multiplier { get; init; }

    /// <summary>[OutputChannels], 0 to <see cref="RescaleFormat.MaximumShift"/>.</summary>
    public required ImmutableArray<int> Shift { get; init; }

    /// <summary>Lower clamp of the output; 0 is a ReLU.</summary>
    public required int OutputMinimum { get; init; }

    /// <summary>Upper clamp of the output.</summary>
    public required int OutputMaximum { get; init; }

    /// <summary>Input channels that one output sees.</summary>
    public int GroupChannels => InputChannels / Groups;

    /// <summary>Weights of one output, K.</summary>
    public int Length => GroupChannels * Window.Area;

    internal ChannelRescale Rescale => new(Bias, Multiplier, Shift, OutputMinimum, OutputMaximum);

    /// <summary>The first input channel that output <paramref name="channel"/> sees.</summary>
    public int FirstInput(int channel) => channel / (OutputChannels / Groups) * GroupChannels;
}
