using System.Diagnostics;
using LutDla.Networks.Graphs;
using LutDla.Training.Conversion;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// The conversion without gradients: layer after layer, each on what the converted layers before it make of the calibration images, towards
/// what the float layer makes of the same images.
/// </summary>
internal static class SequentialConversion
{
    /// <param name="heldOut">Other examples, to measure errors on; null where there are none, and then they are of those that the layers
    /// are fitted to.</param>
    /// <returns>The relative error of each layer (<see cref="LayerReport.RelativeError"/>), by name.</returns>
    public static IReadOnlyDictionary<string, double> Run(
        LutNetwork network, CalibrationValues calibration, CalibrationValues? heldOut, ConversionOptions options,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (errors, watch) = (new Dictionary<string, double>(), Stopwatch.StartNew());
        var fitted = new FollowedExamples(network, calibration);
        var measured = heldOut is null ? fitted : new FollowedExamples(network, heldOut);
        var sensitivity = options.Refit.BySensitivity ? RowSensitivity.Of(network.Source, calibration.Values[FloatGraph.InputName]) : null;
        foreach (var op in network.Graph.Operations)
        {
            cancellation.ThrowIfCancellationRequested();
            using var layerScope = NewDisposeScope();
            if (op is MatrixOperation matrix)
            {
                MatrixInitialiser.Run(
                    network.Matrices[op.Name], network.Source, matrix, fitted.Codes(op.Inputs[0]), fitted.Target(matrix), options.Refit,
                    sensitivity, options.Seed + errors.Count);
            }

            fitted.Follow(op);
            if (measured != fitted) measured.Follow(op);
            if (op is not MatrixOperation layer) continue;
            errors[op.Name] = measured.RelativeError(layer);
            // Layers are taken to be as long as those so far.
            progress?.Report(new TrainingProgress(
                $"convert {op.Name}", errors.Count, network.Matrices.Count, Note: $"relative error {errors[op.Name]:F4}",
                Left: watch.Elapsed / errors.Count * (network.Matrices.Count - errors.Count)));
        }

        return errors;
    }
}
