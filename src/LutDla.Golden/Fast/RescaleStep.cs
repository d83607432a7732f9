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

    /// <summary>Fills <paramref name="output"/> from accumulators[n * lanes + m].</summary>
    public void Run(LayerGeometry geometry, int* accumulators, PlaneTensor output)
    {
        unchecked
        {
            for (var n = 0; n < geometry.Output.Channels; n++)
            {
                for (var row = 0; row < geometry.Output.Height; row++)
                {
                    var source = accumulators + n * geometry.Lanes + row * geometry.Pitch;
                    var target = (n * geometry.Output.Height + row) * geometry.Output.Width;
                    if (_fitsLanes && output.IsNarrow)
                        RunLanes(n, source, output.Narrow.Pointer + target, geometry.Output.Width);
                    else
                        RunExact(n, source, output, target, geometry.Output.Width);
                }
            }
        }
    }

    private static bool FitsLanes(LutLayer layer, AccumulatorBounds bounds, int n)
    {
        var magnitude = Math.Max(Math.Abs(bounds.Lowest + layer.Bias[n]), Math.Abs(bounds.Highest + layer.Bias[n]));
        return magnitude * layer.Multiplier[n] + Half(layer.Shift[n]) <= int.MaxValue;
    }

    private static long Half(int shift) => shift == 0 ? 0 : 1L << (shift - 1);

    // Writes up to seven values beyond the row: the next row, written later, or the tensor's slack.
    private void RunLanes(int n, int* source, short* target, int count)
    {
        unchecked
        {
            var shift = _layer.Shift[n];
            var (bias, multiplier) = (Vector256.Create(_layer.Bias[n]), Vector256.Create(_layer.Multiplier[n]));
            var half = Vector256.Create((int)Half(shift));
            // Halves away from zero: a negative number is rounded as if it were a little lower. Nothing is rounded where shift is 0.
            var towardsMinus = Vector256.Create(shift == 0 ? 0 : -1);
            var (minimum, maximum) = (Vector256.Create(_layer.OutputMinimum), Vector256.Create(_layer.OutputMaximum));
            for (var i = 0; i < count; i += Vector256<int>.Count)
            {
                var product = (Vector256.Load(source + i) + bias) * multiplier;
                var rounded = (product + half + ((product >> 31) & towardsMinus)) >> shift;
                var clamped = Vector256.Min(Vector256.Max(rounded, minimum), maximum);
                Vector128.Narrow(clamped.GetLower(), clamped.GetUpper()).Store(target + i);
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
