using System.Numerics;
using System.Runtime.Intrinsics;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>Residual addition, in 32-bit lanes where the ranges of the inputs prove that no product leaves them.</summary>
internal sealed unsafe class AddPlan(AddNode node, TensorFacts a, TensorFacts b) : NodePlan
{
    private readonly bool _fitsLanes =
        Magnitude(a) * node.MultiplierA + Magnitude(b) * node.MultiplierB + RoundedShift.Half(node.Shift) <= int.MaxValue;

    // The wider pitch, so that a layer that follows finds the one it packs with.
    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => Math.Max(inputs[0].Pitch, inputs[1].Pitch);

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var (x, y) = (inputs[0], inputs[1]);
        var inLanes = _fitsLanes && x.IsNarrow && y.IsNarrow && output.IsNarrow;
        if (inLanes && x.Pitch == y.Pitch)
        {
            RunLanes(x.Narrow.Pointer, y.Narrow.Pointer, output.Narrow.Pointer, output.Shape.Channels * output.PlaneStride);
            return;
        }

        for (var channel = 0; channel < output.Shape.Channels; channel++)
        {
            for (var row = 0; row < output.Shape.Height; row++)
            {
                var (a, b, sum) = (x.Row(channel, row), y.Row(channel, row), output.Row(channel, row));
                if (inLanes)
                    RunLanes(x.Narrow.Pointer + a, y.Narrow.Pointer + b, output.Narrow.Pointer + sum, output.Shape.Width);
                else
                    RunExact(x, a, y, b, output, sum);
            }
        }
    }

    private void RunExact(PlaneTensor x, int firstX, PlaneTensor y, int firstY, PlaneTensor output, int first)
    {
        for (var i = 0; i < output.Shape.Width; i++)
        {
            var sum = (long)x[firstX + i] * node.MultiplierA + (long)y[firstY + i] * node.MultiplierB;
            output[first + i] = GoldenRescale.Apply(sum, 1, node.Shift, node.OutputMinimum, node.OutputMaximum);
        }
    }

    // Reads and writes up to 15 values beyond the last one: of the next row, which is written later, or of no use.
    private void RunLanes(short* x, short* y, short* output, int count)
    {
        unchecked
        {
            var shift = new RoundedShift(node.Shift, node.OutputMinimum, node.OutputMaximum);
            var (multiplierA, multiplierB) = (Vector512.Create(node.MultiplierA), Vector512.Create(node.MultiplierB));
            for (var i = 0; i < count; i += Vector512<int>.Count)
            {
                var sum = shift.Apply(Widen(x + i) * multiplierA + Widen(y + i) * multiplierB + shift.HalfLanes);
                Vector256.Narrow(sum.GetLower(), sum.GetUpper()).Store(output + i);
            }
        }
    }

    private static Vector512<int> Widen(short* values)
    {
        var (low, high) = Vector256.Widen(Vector256.Load(values));
        return Vector512.Create(low, high);
    }

    private static long Magnitude(TensorFacts facts) => Math.Max(Math.Abs((long)facts.Minimum), Math.Abs((long)facts.Maximum));
}
