using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>
/// Accumulators to activations. In 32-bit lanes where the bounds prove that no product leaves them, else with the reference form.
/// </summary>
internal sealed unsafe class RescaleStep
{
    private readonly ChannelRescale _rescale;
    private readonly bool _fitsLanes;

    public RescaleStep(ChannelRescale rescale, AccumulatorBounds[] bounds)
    {
        _rescale = rescale;
        _fitsLanes = bounds.Index().All(channel => FitsLanes(rescale, channel.Item, channel.Index));
    }

    /// <summary>Fills a group of lanes of every channel of <paramref name="output"/>, from <paramref name="lane"/> on.</summary>
    /// <param name="accumulators">[N, <see cref="LayerGeometry.LaneGroup"/>].</param>
    /// <param name="count">How many of the group's lanes are asked for.</param>
    public void Run(int* accumulators, PlaneTensor output, int lane, int count)
    {
        unchecked
        {
            for (var n = 0; n < output.Shape.Channels; n++)
            {
                var source = accumulators + n * LayerGeometry.LaneGroup;
                var target = n * output.PlaneStride + lane;
                if (_fitsLanes && output.IsNarrow)
                    RunLanes(n, source, output.Narrow.Pointer + target);
                else
                    RunExact(n, source, output, target, count);
            }
        }
    }

    private static bool FitsLanes(ChannelRescale rescale, AccumulatorBounds bounds, int n)
    {
        var magnitude = Math.Max(Math.Abs(bounds.Lowest + rescale.Bias[n]), Math.Abs(bounds.Highest + rescale.Bias[n]));
        return magnitude * rescale.Multiplier[n] + RoundedShift.Half(rescale.Shift[n]) <= int.MaxValue;
    }

    private void RunLanes(int n, int* source, short* target)
    {
        unchecked
        {
            var shift = new RoundedShift(_rescale.Shift[n], _rescale.OutputMinimum, _rescale.OutputMaximum);
            // (sum + bias) * multiplier, wrapped on the way, not in the end.
            var (multiplier, constant) = (Vector512.Create(_rescale.Multiplier[n]), Vector512.Create(_rescale.Bias[n] * _rescale.Multiplier[n]) + shift.HalfLanes);
            for (var i = 0; i < LayerGeometry.LaneGroup; i += 2 * Vector512<int>.Count)
            {
                var low = shift.Apply(Vector512.Load(source + i) * multiplier + constant);
                var high = shift.Apply(Vector512.Load(source + i + Vector512<int>.Count) * multiplier + constant);
                Vector512.Narrow(low, high).Store(target + i);
            }
        }
    }

    private void RunExact(int n, int* source, PlaneTensor output, int target, int count)
    {
        for (var i = 0; i < count; i++)
            output[target + i] = _rescale.Apply(source[i], n);
    }
}
