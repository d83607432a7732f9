using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Export;
using LutDla.Training.FineTuning;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>A converted network and how its layers fared.</summary>
/// <param name="Layers">In order.</param>
/// <param name="MeasuredOn">Which examples the layers' errors are of; null where training was taken up from its checkpoint.</param>
/// <param name="EqualLogits">How many integers of the golden model were compared with those of LUTBoost's own forward pass; all were
/// equal.</param>
public sealed record ConversionResult(
    QuantizedNetwork Network, IReadOnlyList<LayerReport> Layers, ErrorExamples? MeasuredOn, int EqualLogits);

/// <summary>Examples that errors of layers are measured on.</summary>
/// <param name="AreHeldOut">Whether the layers were fitted to others. If not, there were none left, and the errors are too small.</param>
public sealed record ErrorExamples(int Count, bool AreHeldOut);

/// <summary>
/// LUTBoost: turns a float network into one of centroid search and table lookup, in stages (docs/lutboost.md): formats, k-means and table
/// refit layer by layer, then training through the integer network.
/// </summary>
public static class LutBoost
{
    /// <summary>Layers' errors are measured on one other example for as many that they are fitted to.</summary>
    private const int HeldOutShare = 4;

    private const int LeastHeldOut = 16;

    /// <summary>
    /// Converts every convolution and linear layer; those that stay exact get whole weights. Same options, data and machine: same result,
    /// stopped in between or not.
    /// </summary>
    /// <param name="data">Training examples; those of the calibration are some of them.</param>
    /// <exception cref="InvalidInputException">
    /// Options out of range, images of another shape, or a checkpoint that is broken or another run's.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled; if training had begun and a checkpoint was asked for, it is written.
    /// </exception>
    public static ConversionResult Convert(
        FloatNetwork network, IExamples data, ConversionOptions options, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default) => Convert(network, data, options, trace: null, progress, cancellation);

    /// <summary>The same, and its training is followed by <paramref name="trace"/>, if there is one.</summary>
    /// <exception cref="InvalidInputException">As above, or there is nothing to trace.</exception>
    /// <inheritdoc cref="Convert(FloatNetwork, IExamples, ConversionOptions, IProgress{TrainingProgress}?, CancellationToken)"/>
    public static ConversionResult Convert(
        FloatNetwork network, IExamples data, ConversionOptions options, TrainingTrace? trace, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        Check(network.Graph, data, options, trace);
        TorchRuntime.EnsureLoaded();
        using var source = Prepare(network, data, options, cancellation);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var examples = Extended(network, data, options, progress, cancellation);
        var (converted, errors, measured) = WithoutGradients(source, data, options, progress, cancellation);
        using (converted)
        {
            if (options.FineTuning.CountSteps() > 0)
            {
                var origin = $"{Origin(network, data, options)}, weights and data {Fingerprint(source, examples)}";
                LutTrainer.Run(converted, options, examples, origin, progress, trace, cancellation);
            }

            var exported = NetworkExporter.Export(converted, Name(network, options), Provenance(network, data, options));
            return new ConversionResult(exported, LayerReport.Of(converted, errors), measured, ExportCheck.Run(converted, exported, data));
        }
    }

    /// <summary>Refuses, before any work, what cannot be converted so.</summary>
    /// <param name="trace">Follows the training, if there is one.</param>
    /// <exception cref="InvalidInputException">
    /// Options out of range, images of another shape, or nothing to trace.
    /// </exception>
    public static void Check(FloatGraph graph, IExamples data, ConversionOptions options, TrainingTrace? trace)
    {
        options.Check(graph);
        CheckShape(graph, data);
        CheckLabels(data, options);
        trace?.Check(options, data);
    }

    private static void CheckLabels(IExamples data, ConversionOptions options)
    {
        if (options.FineTuning.LabelShare > 0 && data is TokenData { Labels.IsEmpty: true })
        {
            throw new InvalidInputException(
                data.Name, "labels", "none",
                $"A share of {options.FineTuning.LabelShare} of the loss goes by them (label_share, --labels).", "Train without labels.");
        }
    }

    // Not kept in checkpoints: the same are written again, or the fingerprint differs.
    private static IExamples Extended(
        FloatNetwork network, IExamples data, ConversionOptions options, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var count = (int)Math.Min(options.FineTuning.GeneratedSequences, options.FineTuning.Visits);
        return count > 0 && data is TokenData { Labels.IsEmpty: true } sequences
            ? SequenceGenerator.Extend(
                network, sequences, count, options.Seed, done => progress?.Report(new("write sequences", done, count)), cancellation)
            : data;
    }

    private static FloatNetwork Prepare(FloatNetwork network, IExamples data, ConversionOptions options, CancellationToken cancellation)
    {
        using var arranged = Arrange(network, data, options, cancellation);
        return LayerSplits.Apply(arranged, options.Quantisation);
    }

    private static FloatNetwork Arrange(FloatNetwork network, IExamples data, ConversionOptions options, CancellationToken cancellation)
    {
        var folded = NormFolding.Fold(network);
        if (options.Refit.GroupingImages == 0 || network.Graph.Tokens is not null) return folded;
        using (folded)
        using (var values = CalibrationValues.Of(folded, data, options.Refit.GroupingImages, options.Seed))
            return ChannelGrouping.Arrange(folded, values.Values, options.Quantisation, cancellation);
    }

    // What it calibrates with is large, and gone before training begins.
    private static (LutNetwork Network, IReadOnlyDictionary<string, double> Errors, ErrorExamples? MeasuredOn) WithoutGradients(
        FloatNetwork source, IExamples data, ConversionOptions options, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        using var calibration = CalibrationValues.Of(source, data, options.Refit.Images, options.Seed);
        var network = new LutNetwork(source, options.Quantisation, ScalePlan.Of(source, calibration.Values, options.Quantisation));
        var resumes = options.FineTuning.CountSteps() > 0 && options.CheckpointPath is { } path && File.Exists(path);
        if (resumes) return (network, ImmutableDictionary<string, double>.Empty, null);
        using var heldOut = HeldOut(source, data, options);
        var errors = SequentialConversion.Run(network, calibration, heldOut, options, progress, cancellation);
        // What no artefact may hold is told before hours of training, not after.
        var (name, provenance) = (Name(source, options), ImmutableSortedDictionary<string, string>.Empty);
        NetworkRules.Check(NetworkExporter.Export(network, name, provenance));
        return (network, errors, new ErrorExamples(heldOut?.Batch.Count ?? calibration.Batch.Count, AreHeldOut: heldOut is not null));
    }

    // Null where too few others are left to tell anything.
    private static CalibrationValues? HeldOut(FloatNetwork source, IExamples data, ConversionOptions options)
    {
        var count = Math.Min(data.Count - options.Refit.Images, Math.Max(LeastHeldOut, options.Refit.Images / HeldOutShare));
        return count < LeastHeldOut ? null : CalibrationValues.Of(source, data, count, options.Seed, skip: options.Refit.Images);
    }

    /// <summary>Whether <paramref name="converted"/> says that it comes from such a conversion.</summary>
    public static bool IsResultOf(QuantizedNetwork converted, FloatNetwork network, IExamples data, ConversionOptions options) =>
        converted.Provenance.SequenceEqual(Provenance(network, data, options));

    private static string Name(FloatNetwork network, ConversionOptions options)
    {
        var format = options.Quantisation;
        return $"{network.Graph.Architecture}-{format.Metric}-v{format.VectorLength}-c{format.CentroidCount}".ToLowerInvariant();
    }

    private static string Origin(FloatNetwork network, IExamples data, ConversionOptions options) =>
        $"{network.Graph.Architecture} by {options with { CheckpointPath = null }} on {data.Name}, {data.Count} images";

    // A checkpoint goes on with the network that it began with, in the order of channels that it began with, and with the same examples.
    private static string Fingerprint(FloatNetwork network, IExamples data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, tensor) in network.Tensors)
        {
            using var whole = tensor.contiguous();
            hash.AppendData(whole.bytes);
        }

        hash.AppendData(MemoryMarshal.AsBytes<float>(network.Levels()));
        foreach (var op in network.Graph.Operations)
        {
            var (relu, ceiling) = op is RectifiedOperation rectified ? (rectified.Relu, rectified.Ceiling) : (false, 0);
            hash.AppendData(Encoding.UTF8.GetBytes($"{op.GetType().Name} {op.Name} {string.Join(' ', op.Inputs)} {relu} {ceiling}\n"));
            if (op is not ElementOperation { Function: var function }) continue;
            using var scope = NewDisposeScope();
            hash.AppendData(function.Of(arange(-16.0, 16.0, 0.125)).contiguous().bytes);
        }

        data.AppendTo(hash);

        return System.Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static ImmutableSortedDictionary<string, string> Provenance(
        FloatNetwork network, IExamples data, ConversionOptions options) =>
        network.Provenance
            .Select(pair => KeyValuePair.Create($"float.{pair.Key}", pair.Value))
            .Append(KeyValuePair.Create("conversion", Origin(network, data, options)))
            .ToImmutableSortedDictionary();

    /// <exception cref="InvalidInputException">The network takes other images, or tells other classes apart.</exception>
    internal static void CheckShape(FloatGraph graph, IExamples data)
    {
        const string Mend = "Choose the data set that the network was trained on.";
        if (graph.Shape != data.Shape)
        {
            var key = graph.Tokens is null ? "image shape" : "vocabulary";
            throw new InvalidInputException(data.Name, key, data.Shape, $"The network takes {graph.Shape}.", Mend);
        }

        if (graph.Tokens is { Positions: var positions } && data is TokenData { Longest: var longest } && longest > positions)
            throw new InvalidInputException(data.Name, "longest sequence", $"{longest}", $"The network takes {positions} tokens.", Mend);
        if (graph.Classes != data.Classes)
            throw new InvalidInputException(
                data.Name, "classes", $"{data.Classes}", $"The network tells {graph.Classes} classes apart.", Mend);
    }
}
