using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>Pooling, a channel's plane at a time.</summary>
internal sealed class PoolPlan(PoolNode node) : NodePlan
{
    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var (input, window) = (inputs[0], node.Window);
        var (height, width) = (input.Shape.Height, input.Shape.Width);
        var next = 0;
        for (var channel = 0; channel < output.Shape.Channels; channel++)
        {
            for (var row = 0; row < output.Shape.Height; row++)
            {
                var top = row * window.StrideHeight - window.PaddingHeight;
                for (var column = 0; column < output.Shape.Width; column++)
                {
                    var left = column * window.StrideWidth - window.PaddingWidth;
                    output[next++] = Reduce(
                        input, channel * height,
                        Math.Max(top, 0), Math.Min(top + window.Height, height), Math.Max(left, 0), Math.Min(left + window.Width, width));
                }
            }
        }
    }

    private int Reduce(PlaneTensor input, int firstRow, int top, int bottom, int left, int right)
    {
        var (sum, largest) = (0L, int.MinValue);
        for (var row = top; row < bottom; row++)
        {
            var line = (firstRow + row) * input.Shape.Width;
            for (var i = line + left; i < line + right; i++)
            {
                var value = input[i];
                sum += value;
                largest = Math.Max(largest, value);
            }
        }

        return node.Rescale is { } r ? GoldenRescale.Apply(sum, r.Multiplier, r.Shift, r.OutputMinimum, r.OutputMaximum) : largest;
    }
}

/// <summary>Residual addition, in 32-bit lanes where the ranges of the inputs prove that no product leaves them.</summary>
internal sealed unsafe class AddPlan(AddNode node, TensorFacts a, TensorFacts b) : NodePlan
{
    private readonly bool _fitsLanes =
        Magnitude(a) * node.MultiplierA + Magnitude(b) * node.MultiplierB + Half(node.Shift) <= int.MaxValue;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var (x, y) = (inputs[0], inputs[1]);
        if (_fitsLanes && x.IsNarrow && y.IsNarrow && output.IsNarrow)
        {
            RunLanes(x.Narrow.Pointer, y.Narrow.Pointer, output.Narrow.Pointer, output.Shape.Count);
            return;
        }

        for (var i = 0; i < output.Shape.Count; i++)
        {
            var sum = (long)x[i] * node.MultiplierA + (long)y[i] * node.MultiplierB;
            output[i] = GoldenRescale.Apply(sum, 1, node.Shift, node.OutputMinimum, node.OutputMaximum);
        }
    }

    // Reads and writes up to seven values of slack.
    private void RunLanes(short* x, short* y, short* output, int count)
    {
        unchecked
        {
            var (multiplierA, multiplierB) = (Vector256.Create(node.MultiplierA), Vector256.Create(node.MultiplierB));
            var half = Vector256.Create((int)Half(node.Shift));
            var towardsMinus = Vector256.Create(node.Shift == 0 ? 0 : -1);
            var (minimum, maximum) = (Vector256.Create(node.OutputMinimum), Vector256.Create(node.OutputMaximum));
            for (var i = 0; i < count; i += Vector256<int>.Count)
            {
                var sum = Widen(x + i) * multiplierA + Widen(y + i) * multiplierB;
                var rounded = (sum + half + ((sum >> 31) & towardsMinus)) >> node.Shift;
                var clamped = Vector256.Min(Vector256.Max(rounded, minimum), maximum);
                Vector128.Narrow(clamped.GetLower(), clamped.GetUpper()).Store(output + i);
            }
        }
    }

    private static Vector256<int> Widen(short* values)
    {
        var (low, high) = Vector128.Widen(Vector128.Load(values));
        return Vector256.Create(low, high);
    }

    private static long Magnitude(TensorFacts facts) => Math.Max(Math.Abs((long)facts.Minimum), Math.Abs((long)facts.Maximum));

    private static long Half(int shift) => shift == 0 ? 0 : 1L << (shift - 1);
}

/// <summary>Rectification.</summary>
internal sealed class ReluPlan : NodePlan
{
    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        for (var i = 0; i < output.Shape.Count; i++)
            output[i] = Math.Max(inputs[0][i], 0);
    }
}

/// <summary>From [Channels, Height, Width] to one pixel whose channels are [Height, Width, Channels].</summary>
internal sealed class FlattenPlan : NodePlan
{
    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var input = inputs[0];
        var (pixels, channels) = (input.Shape.Pixels, input.Shape.Channels);
        for (var i = 0; i < output.Shape.Count; i++)
            output[i] = input[i % channels * pixels + i / channels];
    }
}
