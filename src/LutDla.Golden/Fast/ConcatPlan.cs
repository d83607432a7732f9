using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Golden.Fast;

/// <summary>Planes of all inputs, one after the other.</summary>
internal sealed class ConcatPlan(ConcatNode node) : NodePlan
{
    public override void Run(ReadOnlySpan<PlaneTensor> inputs, PlaneTensor output, LayerScratch scratch)
    {
        var first = 0;
        for (var k = 0; k < inputs.Length; k++)
        {
            var (input, rescale) = (inputs[k], node.Rescales[k]);
            for (var channel = 0; channel < input.Shape.Channels; channel++)
            {
                for (var row = 0; row < output.Shape.Height; row++)
                {
                    var (from, to) = (input.Row(channel, row), output.Row(first + channel, row));
                    for (var i = 0; i < output.Shape.Width; i++) output[to + i] = GoldenElements.Rescale(input[from + i], rescale);
                }
            }

            first += input.Shape.Channels;
        }
    }
}
