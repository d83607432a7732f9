using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Golden.Fast;

/// <summary>Products of values; one pixel may meet all.</summary>
internal sealed class ProductPlan(ProductNode node) : NodePlan
{
    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => inputs[0].Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var (a, b) = (inputs[0], inputs[1]);
        var isStretched = b.Shape != a.Shape;
        for (var channel = 0; channel < output.Shape.Channels; channel++)
        {
            for (var row = 0; row < output.Shape.Height; row++)
            {
                var (x, y, product) = (a.Row(channel, row), b.Row(channel, isStretched ? 0 : row), output.Row(channel, row));
                for (var i = 0; i < output.Shape.Width; i++)
                    output[product + i] = GoldenElements.Rescale((long)a[x + i] * b[isStretched ? y : y + i], node.Rescale);
            }
        }
    }
}
