using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>Planes of zeros before and after those of the input.</summary>
internal sealed class ChannelPadPlan(ChannelPadNode node) : NodePlan
{
    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => inputs[0].Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var (input, stride) = (inputs[0], output.PlaneStride);
        for (var i = 0; i < node.Before * stride; i++)
            output[i] = 0;
        for (var i = 0; i < input.Shape.Channels * stride; i++)
            output[node.Before * stride + i] = input[i];
        for (var i = (node.Before + input.Shape.Channels) * stride; i < output.Shape.Channels * stride; i++)
            output[i] = 0;
    }
}
