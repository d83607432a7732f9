using System.Collections.Immutable;
using LutDla.Golden.Reference;

namespace LutDla.Golden.Model;

/// <summary>
/// What turns a layer's sums into its results, a bias, multiplier and shift for each output channel (docs/arithmetic.md, section 5).
/// </summary>
internal readonly record struct ChannelRescale(
    ImmutableArray<int> Bias, ImmutableArray<int> Multiplier, ImmutableArray<int> Shift, int OutputMinimum, int OutputMaximum)
{
    /// <summary>The result of a sum without the bias.</summary>
    public int Apply(long sum, int channel) =>
        GoldenRescale.Apply(sum + Bias[channel], Multiplier[channel], Shift[channel], OutputMinimum, OutputMaximum);
}
