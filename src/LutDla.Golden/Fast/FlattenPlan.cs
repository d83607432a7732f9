namespace LutDla.Golden.Fast;

/// <summary>To one pixel whose channels are [Height, Width, Channels].</summary>
internal sealed class FlattenPlan : NodePlan
{
    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        for (var i = 0; i < output.Shape.Channels; i++)
            output[output.Row(i, 0)] = inputs[0].ChannelLast(i);
    }
}
