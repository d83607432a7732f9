using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace LutDla.Benchmarks.Onnx;

/// <summary>Finds the scales of activations by running the float graph with its intermediate results as outputs.</summary>
internal static class OnnxCalibration
{
    /// <summary>
    /// The scale of the input and of every value but the logits and what is about to be rectified: that is fused with the Relu.
    /// </summary>
    /// <param name="images">Normalised, [count, channels, height, width].</param>
    public static IReadOnlyDictionary<string, ActivationScale> Scales(OnnxGraph graph, float[] images)
    {
        var input = graph.Input;
        var count = images.Length / (input.Channels * input.Height * input.Width);
        var names = Activations(graph);
        using var session = new InferenceSession(OnnxWriter.Write(graph with { Outputs = [.. names] }));
        using var options = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(images, [count, input.Channels, input.Height, input.Width]);
        using var results = session.Run(options, new Dictionary<string, OrtValue> { [input.Name] = value }, names);

        var scales = new Dictionary<string, ActivationScale> { [input.Name] = Scale(images) };
        foreach (var (name, result) in names.Zip(results))
            scales[name] = Scale(result.GetTensorDataAsSpan<float>());
        return scales;
    }

    private static List<string> Activations(OnnxGraph graph)
    {
        var fused = graph.Nodes.Where(node => node.OpType == "Relu").SelectMany(node => node.Inputs).Concat(graph.Outputs).ToHashSet();
        return [.. graph.Nodes.Select(node => node.Output).Where(name => !fused.Contains(name))];
    }

    private static ActivationScale Scale(ReadOnlySpan<float> values) =>
        ActivationScale.Of(TensorPrimitives.Min(values), TensorPrimitives.Max(values));
}
