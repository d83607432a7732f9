using System.Numerics;
using System.Runtime.CompilerServices;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Golden.Fast;

/// <summary>Pooling, a channel's plane at a time.</summary>
internal sealed unsafe class PoolPlan(PoolNode node) : NodePlan
{
    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var (input, window) = (inputs[0], node.Window);
        var (height, width) = (input.Shape.Height, input.Shape.Width);
        for (var channel = 0; channel < output.Shape.Channels; channel++)
        {
            for (var row = 0; row < output.Shape.Height; row++)
            {
                var top = row * window.StrideHeight - window.PaddingHeight;
                for (var column = 0; column < output.Shape.Width; column++)
                {
                    var left = column * window.StrideWidth - window.PaddingWidth;
                    output[output.Row(channel, row) + column] = Reduce(
                        input, channel,
                        Math.Max(top, 0), Math.Min(top + window.Height, height), Math.Max(left, 0), Math.Min(left + window.Width, width));
                }
            }
        }
    }

    private int Reduce(PlaneTensor input, int channel, int top, int bottom, int left, int right)
    {
        var (sum, largest) = (0L, int.MinValue);
        for (var row = top; row < bottom; row++)
        {
            var (first, count) = (input.Row(channel, row) + left, right - left);
            if (input.IsNarrow)
                Add(input.Narrow.Pointer + first, count, ref sum, ref largest);
            else
                Add(input.Wide.Pointer + first, count, ref sum, ref largest);
        }

        return node.Rescale is { } r ? GoldenRescale.Apply(sum, r.Multiplier, r.Shift, r.OutputMinimum, r.OutputMaximum) : largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(T* values, int count, ref long sum, ref int largest)
        where T : unmanaged, IBinaryInteger<T>
    {
        unchecked
        {
            for (var i = 0; i < count; i++)
            {
                var value = int.CreateTruncating(values[i]);
                sum += value;
                largest = Math.Max(largest, value);
            }
        }
    }
}
