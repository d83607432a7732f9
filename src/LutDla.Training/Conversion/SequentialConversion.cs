using LutDla.Training.Networks;
using LutDla.Training.Optimisation;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

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
                var target = Target(network, matrix, calibration, codes);
                var error = MatrixInitialiser.Run(
                    layer, network.Source, matrix, codes[op.Inputs[0]], target, options.Refit, sensitivity, options.Seed + errors.Count);
                errors[op.Name] = error;
                progress?.Report(new TrainingProgress(
                    $"convert {op.Name}", errors.Count, network.Matrices.Count, Note: $"relative error {error:F4}"));
            }

            var result = calibration.Batch.Spans is { } spans
                ? network.Apply(op, [.. op.Inputs.Select(name => codes[name])], spans: spans)
                : InParts(network, op, codes);
            codes[op.Name] = result.MoveToOuterDisposeScope();
            // A result that shares its input's memory, as flattening does, keeps it.
            foreach (var name in op.Inputs.Where(name => network.Graph.LastReader(name) == op).Distinct()) codes[name].Dispose();
        }

        return errors;
    }

    /// <summary>
    /// The float result before rectification, [rows, out]. Where the layer is the last input of an addition to be converted, the errors of the
    /// other input are its to make good.
    /// </summary>
    private static Tensor Target(LutNetwork network, MatrixOperation op, CalibrationValues calibration, Dictionary<string, Tensor> codes)
    {
        var target = network.Source.Matrix(op, calibration.Values[op.Inputs[0]]).permute(0, 2, 3, 1);
        var addition = network.Graph.Operations.OfType<AddOperation>().FirstOrDefault(add => add.Inputs.Contains(op.Name));
        var other = addition?.Inputs.FirstOrDefault(name => name != op.Name && codes.ContainsKey(name));
        if (other is not null && !op.Relu)
            target = target + calibration.Values[other].permute(0, 2, 3, 1) - codes[other] * network.Scales[other].Scale;
        return target.reshape(-1, op.OutputChannels).contiguous();
    }

    private static Tensor InParts(LutNetwork network, FloatOperation op, Dictionary<string, Tensor> codes)
    {
        var parts = new List<Tensor>();
        for (var start = 0L; start < codes[op.Inputs[0]].shape[0]; start += ForwardImages)
        {
            using var scope = NewDisposeScope();
            var inputs = op.Inputs.Select(name => codes[name].narrow(0, start, Math.Min(ForwardImages, codes[name].shape[0] - start)).contiguous());
            parts.Add(network.Apply(op, [.. inputs]).MoveToOuterDisposeScope());
        }

        return cat(parts, 0);
    }
}
