using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>Rectification.</summary>
internal sealed class ReluPlan : NodePlan
{
    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => inputs[0].Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        for (var i = 0; i < output.Shape.Channels * output.PlaneStride; i++)
            output[i] = Math.Max(inputs[0][i], 0);
    }
}
