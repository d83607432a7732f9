using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>One thread's tensors and scratch; runs image after image without allocating.</summary>
internal sealed class EngineWorker
{
    private readonly InputQuantizer _input;
    private readonly PlaneTensor _image;
    private readonly ImmutableArray<(NodePlan Plan, PlaneTensor[] Inputs, PlaneTensor Output, LayerScratch Scratch)> _steps;

    public EngineWorker(
        QuantizedNetwork network, IReadOnlyDictionary<string, TensorFacts> facts, IReadOnlyDictionary<string, NodePlan> plans)
    {
        _input = network.Input;
        var image = facts[InputQuantizer.NodeName];
        _image = new PlaneTensor(image, image.Shape.Width);
        var tensors = new Dictionary<string, PlaneTensor> { [InputQuantizer.NodeName] = _image };
        _steps = [.. network.Nodes.Select(node => Step(node, plans[node.Name]))];

        (NodePlan Plan, PlaneTensor[] Inputs, PlaneTensor Output, LayerScratch Scratch) Step(Node node, NodePlan plan)
        {
            var inputs = node.Inputs.Select(name => tensors[name]).ToArray();
            var output = new PlaneTensor(facts[node.Name], plan.OutputPitch(inputs, facts[node.Name].Shape));
            tensors[node.Name] = output;
            return (plan, inputs, output, plan.NewScratch());
        }
    }

    /// <summary>Image bytes [Height, Width, Channels] to the last node's values [Height, Width, Channels].</summary>
    public void Run(ReadOnlySpan<byte> image, Span<int> outputs)
    {
        Quantize(image);
        foreach (var (plan, inputs, output, scratch) in _steps)
            plan.Run(inputs, output, scratch);
        var result = _steps[^1].Output;
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = result.ChannelLast(i);
    }

    private void Quantize(ReadOnlySpan<byte> image)
    {
        var codes = _input.Codes.AsSpan();
        for (var channel = 0; channel < _input.Channels; channel++)
        {
            var plane = _image.Narrow.Span.Slice(_image.Row(channel, 0), _image.Shape.Pixels);
            var channelCodes = codes.Slice(channel * 256, 256);
            for (var i = 0; i < plane.Length; i++)
                plane[i] = channelCodes[image[i * _input.Channels + channel]];
        }
    }
}
