using LutDla.Golden.Model;
using LutDla.Golden.Reference;

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
