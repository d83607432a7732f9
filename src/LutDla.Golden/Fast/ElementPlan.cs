using LutDla.Golden.Model;

namespace LutDla.Golden.Fast;

/// <summary>A function of each value, by its table.</summary>
internal sealed class ElementPlan(ElementNode node) : NodePlan
{
    private readonly short[] _codes = [.. node.Codes];

    public override int OutputPitch(ReadOnlySpan<PlaneTensor> inputs, ImageShape output) => inputs[0].Pitch;

    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        // What lies between rows and planes is of no use, and may lie outside of the table.
        for (var channel = 0; channel < output.Shape.Channels; channel++)
        {
            for (var row = 0; row < output.Shape.Height; row++)
            {
                var (from, to) = (inputs[0].Row(channel, row), output.Row(channel, row));
                for (var i = 0; i < output.Shape.Width; i++) output[to + i] = _codes[inputs[0][from + i] - node.First];
            }
        }
    }
}
