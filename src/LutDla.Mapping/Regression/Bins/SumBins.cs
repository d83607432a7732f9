using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Mapping.Regression.Bins;

/// <summary>What sums of table entries meet on their way to results.</summary>
public static class SumBins
{
    private static readonly Bin LowestSum = new(
        "a sum is the lowest that the accumulator holds",
        core => WhyNot(MostSum(core, BitWidth.SignedMinimum(core.TableBits)) <= BitWidth.SignedMinimum(core.AccumulatorBits)));

    private static readonly Bin HighestSum = new(
        "a sum is the highest that the accumulator holds",
        core => WhyNot(MostSum(core, BitWidth.SignedMaximum(core.TableBits)) >= BitWidth.SignedMaximum(core.AccumulatorBits)));

    private static readonly Bin LowestBias = new("a bias is the lowest");
    private static readonly Bin HighestBias = new("a bias is the highest");
    private static readonly Bin WiderWithBias = new("with its bias a sum needs a bit more than the accumulator");
    private static readonly Bin HalfUp = new("a positive half is rounded");
    private static readonly Bin HalfDown = new("a negative half is rounded");
    private static readonly Bin ClampedLow = new("a result is clamped to the lowest");
    private static readonly Bin ClampedHigh = new("a result is clamped to the highest");
    private static readonly Bin FarBeyond = new("a rounded value has more bits than a result");
    private static readonly Bin NoShift = new("a shift of 0");
    private static readonly Bin LargestShift = new("the largest shift");
    private static readonly Bin ZeroMultiplier = new("a multiplier of 0");
    private static readonly Bin LargestMultiplier = new("the largest multiplier");
    private static readonly Bin Relu = new("a clamp from 0 on");
    private static readonly Bin SingleValue = new("a clamp to a single value");

    public static IReadOnlyList<Bin> All { get; } =
    [
        LowestSum, HighestSum, LowestBias, HighestBias, WiderWithBias, HalfUp, HalfDown, ClampedLow, ClampedHigh, FarBeyond,
        NoShift, LargestShift, ZeroMultiplier, LargestMultiplier, Relu, SingleValue,
    ];

    public static void Count(Core core, LayerData data, BinCounts counts)
    {
        var layer = data.Layer;
        counts.Add(Relu, layer.OutputMinimum == 0 && layer.OutputMaximum > 0);
        counts.Add(SingleValue, layer.OutputMinimum == layer.OutputMaximum);
        for (var n = 0; n < layer.OutputChannels; n++)
        {
            counts.Add(LowestBias, layer.Bias[n] == BitWidth.SignedMinimum(core.BiasBits));
            counts.Add(HighestBias, layer.Bias[n] == BitWidth.SignedMaximum(core.BiasBits));
            counts.Add(NoShift, layer.Shift[n] == 0);
            counts.Add(LargestShift, layer.Shift[n] == RescaleFormat.MaximumShift);
            counts.Add(ZeroMultiplier, layer.Multiplier[n] == 0);
            counts.Add(LargestMultiplier, layer.Multiplier[n] == RescaleFormat.MaximumMultiplier);
        }

        var sums = new long[layer.OutputChannels];
        for (var row = 0; row < data.RowCount; row++)
        {
            GoldenLookup.Accumulate(layer, data.Indices.AsSpan(row * layer.SubspaceCount, layer.SubspaceCount), sums);
            for (var n = 0; n < layer.OutputChannels; n++)
                Count(core, layer, n, sums[n], counts);
        }
    }

    private static void Count(Core core, LutLayer layer, int column, long sum, BinCounts counts)
    {
        counts.Add(LowestSum, sum == BitWidth.SignedMinimum(core.AccumulatorBits));
        counts.Add(HighestSum, sum == BitWidth.SignedMaximum(core.AccumulatorBits));
        var biased = sum + layer.Bias[column];
        counts.Add(WiderWithBias, BitWidth.ForSigned(Math.Min(biased, 0), Math.Max(biased, 0)) > core.AccumulatorBits);

        var (product, shift) = (biased * layer.Multiplier[column], layer.Shift[column]);
        var isHalf = shift > 0 && (Math.Abs(product) & ((1L << shift) - 1)) == 1L << (shift - 1);
        counts.Add(HalfUp, isHalf && product > 0);
        counts.Add(HalfDown, isHalf && product < 0);
        var rounded = GoldenRescale.Round(product, shift);
        counts.Add(ClampedLow, rounded < layer.OutputMinimum);
        counts.Add(ClampedHigh, rounded > layer.OutputMaximum);
        counts.Add(FarBeyond, Math.Abs(rounded) >> core.OutputBits > 0);
    }

    private static long MostSum(Core core, long entry) => core.Config.Tile.MaximumSubspaces * entry;

    private static string? WhyNot(bool reachable) => reachable ? null : "the sums of as many subspaces as the core counts do not reach it";
}
