using LutDla.Networks.Graphs;
using LutDla.Training.Conversion;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// The conversion without gradients: layer after layer, each on what the converted layers before it make of the calibration images, towards what the
/// float layer makes of the same images.
/// </summary>
internal static class SequentialConversion
{
    private const int ForwardImages = 100;

    /// <returns>The relative error of each layer (<see cref="LayerReport.RelativeError"/>), by name.</returns>
    public static IReadOnlyDictionary<string, double> Run(
        LutNetwork network, CalibrationValues calibration, ConversionOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var errors = new Dictionary<string, double>();
        var codes = new Dictionary<string, Tensor> { [FloatGraph.InputName] = calibration.Batch.Levels(network.InputCodes()) };
        var sensitivity = options.Refit.BySensitivity ? RowSensitivity.Of(network.Source, calibration.Values[FloatGraph.InputName]) : null;
        foreach (var op in network.Graph.Operations)
        {
            cancellation.ThrowIfCancellationRequested();
            using var layerScope = NewDisposeScope();
            if (op is MatrixOperation matrix)
            {
                var layer = network.Matrices[op.Name];
                var target = Target(network, matrix, calibration.Values, codes);
                var error = MatrixInitialiser.Run(
                    layer, network.Source, matrix, codes[op.Inputs[0]], target, options.Refit, sensitivity, options.Seed + errors.Count);
                errors[op.Name] = error;
                progress?.Report(new TrainingProgress(
                    $"convert {op.Name}", errors.Count, network.Matrices.Count, Note: $"relative error {error:F4}"));
            }

            var result = calibration.Batch.Spans is { } spans
                ? network.Apply(op, [.. op.Inputs.Select(name => codes[name])], spans: spans)
                : InParts(network, op, [.. op.Inputs.Select(name => codes[name])]);
            codes[op.Name] = result.MoveToOuterDisposeScope();
            // A result that shares its input's memory, as flattening does, keeps it.
            foreach (var name in op.Inputs.Where(name => network.Graph.LastReader(name) == op).Distinct()) codes[name].Dispose();
        }

        return errors;
    }

    /// <summary>
    /// The float result before rectification, [rows, out]. Where the layer is the last input of an addition to be converted, the errors of the
    /// other input are its to make good: those of the parts before it, if it is a part, and those of a shortcut.
    /// </summary>
    /// <param name="values">Of the float network.</param>
    /// <param name="codes">Of what has been converted.</param>
    internal static Tensor Target(
        LutNetwork network, MatrixOperation op, IReadOnlyDictionary<string, Tensor> values, IReadOnlyDictionary<string, Tensor> codes)
    {
        var target = network.Source.Matrix(op, values[op.Inputs[0]]).permute(0, 2, 3, 1);
        foreach (var other in OtherSummands(network.Graph, op).Where(codes.ContainsKey))
            target = target + values[other].permute(0, 2, 3, 1) - codes[other] * network.Scales[other].Scale;
        return target.reshape(-1, op.OutputChannels).contiguous();
    }

    // Up to where a sum is rectified or has another reader, to whom it would be wrong. A sparse part has too few weights to make anything good.
    private static IEnumerable<string> OtherSummands(FloatGraph graph, MatrixOperation op)
    {
        var (name, ends) = (op.Name, op.Relu || op.Part is { IsSparse: true });
        while (!ends && graph.Operations.Where(reader => reader.Inputs.Contains(name)).ToArray() is [AddOperation addition])
        {
            foreach (var other in addition.Inputs.Where(input => input != name)) yield return other;
            (name, ends) = (addition.Name, addition.Relu);
        }
    }

    /// <summary>The codes of an operation's result, some images at a time.</summary>
    internal static Tensor InParts(LutNetwork network, FloatOperation op, Tensor[] inputs)
    {
        var parts = new List<Tensor>();
        for (var start = 0L; start < inputs[0].shape[0]; start += ForwardImages)
        {
            using var scope = NewDisposeScope();
            var images = inputs.Select(input => input.narrow(0, start, Math.Min(ForwardImages, input.shape[0] - start)).contiguous());
            parts.Add(network.Apply(op, [.. images]).MoveToOuterDisposeScope());
        }

        return cat(parts, 0);
    }
}
