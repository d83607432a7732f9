using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>How much each layer matters: every one is converted alone, all others stay in floating point.</summary>
public static class Sensitivity
{
    /// <summary>
    /// Every layer in the format of <paramref name="options"/>; then, for each candidate, the layers that it gives another format.
    /// </summary>
    /// <param name="data">Training images: some to convert with, <paramref name="heldOut"/> others to measure on.</param>
    /// <param name="candidates">Rules after those of the options. Layers that the options keep exact stay so.</param>
    /// <exception cref="InvalidInputException">Options out of range, images of another shape, or too few.</exception>
    public static IReadOnlyList<LayerSensitivity> Measure(
        FloatNetwork network, Dataset data, ConversionOptions options, LayerRuleList candidates, int heldOut,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        QuantisationOptions[] formats =
            [options.Quantisation, .. candidates.Select(
                rule => options.Quantisation with { Layers = [.. options.Quantisation.Layers, rule] })];
        foreach (var format in formats) (options with { Quantisation = format }).Check(network.Graph);
        LutBoost.CheckShape(network.Graph, data);
        if (options.Refit.Images + heldOut > data.Count)
        {
            throw new InvalidInputException(
                data.Name, "images", $"{data.Count}", $"{options.Refit.Images} are converted with and {heldOut} others measured on.",
                "Measure on fewer images.");
        }

        TorchRuntime.EnsureLoaded();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var source = NormFolding.Fold(network);
        using var calibration = CalibrationValues.Of(source, data, options.Refit.Images, options.Seed);
        using var seen = CalibrationValues.Of(source, data, heldOut, options.Seed, skip: options.Refit.Images);
        var study = new Study(source, calibration, seen, options);
        var layers = source.Graph.Operations.OfType<MatrixOperation>().ToArray();
        var work = formats.SelectMany(format => layers.Where(op => IsNew(options.Quantisation, format, op)).Select(op => (format, op)))
            .ToArray();
        var results = new List<LayerSensitivity>();
        foreach (var (format, op) in work)
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(study.Measure(op, format));
            progress?.Report(new TrainingProgress($"{results[^1].Layer.Rule}", results.Count, work.Length));
        }

        return results;
    }

    private static bool IsNew(QuantisationOptions common, QuantisationOptions format, MatrixOperation op) =>
        ReferenceEquals(common, format) || (common.FormatOf(op).Exact is null && common.FormatOf(op) != format.FormatOf(op));

    private sealed class Study(FloatNetwork source, CalibrationValues calibration, CalibrationValues heldOut, ConversionOptions options)
    {
        public LayerSensitivity Measure(MatrixOperation op, QuantisationOptions format)
        {
            using var scope = NewDisposeScope();
            using var split = LayerSplits.Apply(source, format, only: op.Name);
            bool IsPart(FloatOperation other) =>
                other is AddOperation { AddsParts: true } || (other is MatrixOperation matrix && matrix.Layer == op.Name);
            FloatOperation[] parts = [.. split.Graph.Operations.Where(IsPart)];
            var values = new Dictionary<string, Tensor>(calibration.Values);
            foreach (var part in parts) values[part.Name] = split.Apply(part, [.. part.Inputs.Select(name => values[name])]);
            using var network = new LutNetwork(split, format, ScalePlan.Of(split, values, format));
            var scale = network.Scales[op.Inputs[0]];
            Convert(network, parts, values, Codes(values[op.Inputs[0]], scale));
            var (reports, results) = Measure(network, parts, Codes(heldOut.Values[op.Inputs[0]], scale));
            var result = results[op.Name].permute(0, 3, 1, 2) * tensor((float)network.Scales[op.Name].Scale);
            var (expected, found) = (Logits(heldOut.Values), Logits(After(op, result)));
            return new LayerSensitivity(
                LayerReport.Together(reports), Divergence(expected, found),
                expected.argmax(1).eq(found.argmax(1)).to_type(ScalarType.Float64).mean().item<double>());
        }

        private static Tensor Codes(Tensor values, TensorScale scale)
        {
            using Scalar step = scale.Scale;
            using Scalar minimum = scale.Minimum;
            using Scalar maximum = scale.Maximum;
            return (values / step).round().clamp(minimum, maximum).permute(0, 2, 3, 1).contiguous();
        }

        // One layer, or its parts, on codes of the float network's results.
        private void Convert(LutNetwork network, FloatOperation[] parts, Dictionary<string, Tensor> values, Tensor images)
        {
            var (seed, codes) = (options.Seed, new Dictionary<string, Tensor>());
            foreach (var part in parts)
            {
                if (part is MatrixOperation op)
                {
                    var (matrix, target) = (network.Matrices[op.Name], FollowedExamples.Target(network, op, values, codes));
                    MatrixInitialiser.Run(matrix, network.Source, op, images, target, options.Refit, sensitivity: null, seed++);
                }

                codes[part.Name] = Result(network, part, images, codes);
            }
        }

        // What became of the parts, and their results, on examples that they were not fitted to.
        private (List<LayerReport> Reports, Dictionary<string, Tensor> Codes) Measure(
            LutNetwork network, FloatOperation[] parts, Tensor images)
        {
            var (reports, codes) = (new List<LayerReport>(), new Dictionary<string, Tensor>());
            var values = new Dictionary<string, Tensor>(heldOut.Values);
            foreach (var part in parts)
            {
                values[part.Name] = network.Source.Apply(part, [.. part.Inputs.Select(name => values[name])]);
                codes[part.Name] = Result(network, part, images, codes);
                if (part is not MatrixOperation op) continue;
                var target = FollowedExamples.Target(network, op, values, codes);
                var error = FollowedExamples.RelativeError(op, target, codes[op.Name], network.Scales[op.Name].Scale);
                reports.Add(LayerReport.Of(op, network.Matrices[op.Name], error));
            }

            return (reports, codes);
        }

        private static Tensor Result(LutNetwork network, FloatOperation part, Tensor images, Dictionary<string, Tensor> codes) =>
            FollowedExamples.InParts(network, part, part is MatrixOperation ? [images] : [.. part.Inputs.Select(name => codes[name])]);

        // What follows from the layer is computed again, the rest is as it was.
        private Dictionary<string, Tensor> After(MatrixOperation changed, Tensor result)
        {
            var values = new Dictionary<string, Tensor>(heldOut.Values) { [changed.Name] = result };
            var touched = new HashSet<string> { changed.Name };
            foreach (var op in source.Graph.Operations.Where(op => op.Inputs.Any(touched.Contains)))
            {
                touched.Add(op.Name);
                values[op.Name] = source.Apply(op, [.. op.Inputs.Select(name => values[name])]);
            }

            return values;
        }

        private Tensor Logits(IReadOnlyDictionary<string, Tensor> values) =>
            Scores.OfClasses(values[source.Graph.Operations[^1].Name].flatten(1).to_type(ScalarType.Float64));

        private static double Divergence(Tensor expected, Tensor found)
        {
            var (p, q) = (nn.functional.log_softmax(expected, dim: 1), nn.functional.log_softmax(found, dim: 1));
            return (p.exp() * (p - q)).sum([1]).mean().item<double>();
        }
    }
}
