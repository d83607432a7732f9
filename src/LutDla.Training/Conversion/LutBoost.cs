using System.Collections.Immutable;
using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Training.Data;
using LutDla.Training.Networks;
using LutDla.Training.Optimisation;
using LutDla.Training.Runtime;

namespace LutDla.Training.Conversion;

/// <summary>A converted network and how its layers fared.</summary>
/// <param name="Layers">In order.</param>
public sealed record ConversionResult(QuantizedNetwork Network, IReadOnlyList<LayerReport> Layers);

/// <summary>
/// LUTBoost: turns a float network into one of centroid search and table lookup, in stages (docs/lutboost.md): formats, k-means and table refit layer
/// by layer, then training through the integer network.
/// </summary>
public static class LutBoost
{
    /// <summary>Converts every convolution and linear layer; those that stay exact get whole weights. Same options, data and machine: same result, stopped in between or not.</summary>
    /// <param name="data">Training images; the calibration images are some of them.</param>
    /// <exception cref="InvalidInputException">Options out of range, images of another shape, or a checkpoint that is broken or another run's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; if training had begun and a checkpoint was asked for, it is written.</exception>
    public static ConversionResult Convert(
        FloatNetwork network, Dataset data, ConversionOptions options, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default) => Convert(network, data, options, trace: null, progress, cancellation);

    /// <summary>The same, and its training is followed by <paramref name="trace"/>, if there is one.</summary>
    /// <exception cref="InvalidInputException">As above, or there is nothing to trace.</exception>
    /// <inheritdoc cref="Convert(FloatNetwork, Dataset, ConversionOptions, IProgress{TrainingProgress}?, CancellationToken)"/>
    public static ConversionResult Convert(
        FloatNetwork network, Dataset data, ConversionOptions options, TrainingTrace? trace, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        options.Check(network.Graph);
        CheckShape(network.Graph, data);
        trace?.Check(options, data);
        TorchRuntime.EnsureLoaded();
        using var source = Prepared(network, data, options);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (converted, errors) = WithoutGradients(source, data, options, progress, cancellation);
        using var disposed = converted;
        if (options.FineTuning != FineTuningOptions.None)
            LutTrainer.Run(converted, options, data, Origin(network, data, options), progress, trace, cancellation);
        return new ConversionResult(NetworkExporter.Export(converted, Name(network, options), Provenance(network, data, options)), LayerReport.Of(converted, errors));
    }

    private static FloatNetwork Prepared(FloatNetwork network, Dataset data, ConversionOptions options)
    {
        var folded = NormFolding.Fold(network);
        if (options.Refit.GroupingImages == 0) return folded;
        using (folded)
        using (var values = CalibrationValues.Of(folded, data, options.Refit.GroupingImages, options.Seed))
            return ChannelGrouping.Arrange(folded, values.Values, options.Quantisation);
    }

    // What it calibrates with is large, and gone before training begins.
    private static (LutNetwork Network, IReadOnlyDictionary<string, double> Errors) WithoutGradients(
        FloatNetwork source, Dataset data, ConversionOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var calibration = CalibrationValues.Of(source, data, options.Refit.Images, options.Seed);
        var network = new LutNetwork(source, options.Quantisation, ScalePlan.Of(source, calibration.Values, options.Quantisation));
        var resumes = options.CheckpointPath is { } path && File.Exists(path);
        return (network, resumes ? ImmutableDictionary<string, double>.Empty : SequentialConversion.Run(network, calibration, options, progress, cancellation));
    }

    /// <summary>Whether <paramref name="converted"/> says that it comes from such a conversion.</summary>
    public static bool Made(QuantizedNetwork converted, FloatNetwork network, Dataset data, ConversionOptions options) =>
        converted.Provenance.SequenceEqual(Provenance(network, data, options));

    private static string Name(FloatNetwork network, ConversionOptions options)
    {
        var format = options.Quantisation;
        return $"{network.Graph.Architecture}-{format.Metric}-v{format.VectorLength}-c{format.CentroidCount}".ToLowerInvariant();
    }

    private static string Origin(FloatNetwork network, Dataset data, ConversionOptions options) =>
        $"{network.Graph.Architecture} by {options with { CheckpointPath = null }} on {data.Name}, {data.Count} images";

    private static ImmutableSortedDictionary<string, string> Provenance(
        FloatNetwork network, Dataset data, ConversionOptions options) =>
        network.Provenance
            .Select(pair => KeyValuePair.Create($"float.{pair.Key}", pair.Value))
            .Append(KeyValuePair.Create("conversion", Origin(network, data, options)))
            .ToImmutableSortedDictionary();

    /// <exception cref="InvalidInputException">The network takes other images, or tells other classes apart.</exception>
    internal static void CheckShape(FloatGraph graph, Dataset data)
    {
        const string Mend = "Choose the data set that the network was trained on.";
        var shape = $"{graph.Height}x{graph.Width}x{graph.Channels}";
        if (shape != data.Shape)
            throw new InvalidInputException(data.Name, "image shape", data.Shape, $"The network takes {shape}.", Mend);
        if (graph.Classes != data.Classes)
            throw new InvalidInputException(data.Name, "classes", $"{data.Classes}", $"The network tells {graph.Classes} classes apart.", Mend);
    }
}
