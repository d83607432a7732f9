using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>
/// Accumulators to activations. In 32-bit lanes where the tables prove that no product leaves them, else with the reference form.
/// </summary>
internal sealed unsafe class RescaleStep
{
    private readonly LutLayer _layer;
    private readonly bool _fitsLanes;

    public RescaleStep(LutLayer layer, AccumulatorBounds[] bounds)
    {
        _layer = layer;
        _fitsLanes = Enumerable.Range(0, layer.OutputChannels).All(n => FitsLanes(layer, bounds[n], n));
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

    private static bool FitsLanes(LutLayer layer, AccumulatorBounds bounds, int n)
    {
        var magnitude = Math.Max(Math.Abs(bounds.Lowest + layer.Bias[n]), Math.Abs(bounds.Highest + layer.Bias[n]));
        return magnitude * layer.Multiplier[n] + RoundedShift.Half(layer.Shift[n]) <= int.MaxValue;
    }

    private void RunLanes(int n, int* source, short* target)
    {
        unchecked
        {
            var shift = new RoundedShift(_layer.Shift[n], _layer.OutputMinimum, _layer.OutputMaximum);
            // (sum + bias) * multiplier, wrapped on the way, not in the end.
            var (multiplier, constant) = (Vector512.Create(_layer.Multiplier[n]), Vector512.Create(_layer.Bias[n] * _layer.Multiplier[n]) + shift.HalfLanes);
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
        {
            output[target + i] = GoldenRescale.Apply(
                (long)source[i] + _layer.Bias[n], _layer.Multiplier[n], _layer.Shift[n], _layer.OutputMinimum, _layer.OutputMaximum);
        }
    }
}
