using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// Accumulators to activations. In 32-bit lanes where the bounds prove that no product leaves them, else in double precision, where every
/// step is exact (33 bits times 16 bits, and a power of two), or with the reference form.
/// </summary>
internal sealed unsafe class RescaleKernel
{
    private readonly ChannelRescale _rescale;
    private readonly bool _fitsLanes;
    private readonly bool _inDoubles;

    /// <param name="inDoubles">Whether AVX-512 may be used.</param>
    public RescaleKernel(ChannelRescale rescale, AccumulatorBounds[] bounds, bool inDoubles)
    {
        (_rescale, _inDoubles) = (rescale, inDoubles);
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
                else if (_inDoubles)
                    RunDoubles(n, source, output, target);
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
            var (multiplier, constant) = (
                Vector512.Create(_rescale.Multiplier[n]), Vector512.Create(_rescale.Bias[n] * _rescale.Multiplier[n]) + shift.HalfLanes);
            for (var i = 0; i < LayerGeometry.LaneGroup; i += 2 * Vector512<int>.Count)
            {
                var low = shift.Apply(Vector512.Load(source + i) * multiplier + constant);
                var high = shift.Apply(Vector512.Load(source + i + Vector512<int>.Count) * multiplier + constant);
                Vector512.Narrow(low, high).Store(target + i);
            }
        }
    }

    private void RunDoubles(int n, int* source, PlaneTensor output, int target)
    {
        unchecked
        {
            var (bias, slope) = (
                Vector512.Create((double)_rescale.Bias[n]), Vector512.Create(Math.ScaleB(_rescale.Multiplier[n], -_rescale.Shift[n])));
            var (minimum, maximum) = (Vector512.Create((double)_rescale.OutputMinimum), Vector512.Create((double)_rescale.OutputMaximum));
            for (var i = 0; i < LayerGeometry.LaneGroup; i += Vector512<double>.Count)
            {
                var scaled = (Avx512F.ConvertToVector512Double(Vector256.Load(source + i)) + bias) * slope;
                var rounded = Vector512.Floor(Vector512.Abs(scaled) + Vector512.Create(0.5)) | (scaled & Vector512.Create(-0.0));
                var result = Avx512F.ConvertToVector256Int32WithTruncation(Vector512.Min(Vector512.Max(rounded, minimum), maximum));
                if (output.IsNarrow)
                    Vector128.Narrow(result.GetLower(), result.GetUpper()).Store(output.Narrow.Pointer + target + i);
                else
                    result.Store(output.Wide.Pointer + target + i);
            }
        }
    }

    private void RunExact(int n, int* source, PlaneTensor output, int target, int count)
    {
        for (var i = 0; i < count; i++)
            output[target + i] = _rescale.Apply(source[i], n);
    }
}
