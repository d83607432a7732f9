using System.Diagnostics;
using System.Globalization;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Rtl.Tools;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;

namespace LutDla.Benchmarks;

/// <summary>
/// What full conversion by LUTBoost costs in accuracy, on all test images in the golden model: each shipped network, each metric, two
/// vector lengths. Finished conversions are kept under build/, and a stopped one goes on from its checkpoint, so the command may be given
/// again at any time.
/// </summary>
internal static class AccuracyBenchmark
{
    private const string Folder = "build/bench/accuracy";
    private const int Seed = 1;

    // Of the steps, between two reports.
    private const double ReportShare = 0.1;

    private static readonly string[] Networks = ["lenet5", "resnet8"];
    private static readonly (int Length, double Aim)[] VectorLengths = [(4, 2.5), (2, 1.0)];

    /// <summary>Prints a table; returns its rows.</summary>
    public static object Run(TextWriter output)
    {
        Directory.CreateDirectory(Folder);
        var (train, test) = (
            DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Train),
            DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Test));
        var rows = new List<Row>();
        foreach (var name in Networks)
        {
            using var source = FloatNetworkFile.Read($"networks/{name}-fashion.safetensors");
            var before = source.Accuracy(test);
            foreach (var (length, aim) in VectorLengths)
            {
                foreach (var metric in Enum.GetValues<DistanceMetric>())
                {
                    var (network, minutes) = Convert(source, train, length, metric, output);
                    var after = (double)new GoldenEngine(network).CountCorrect(test.Images, test.Labels) / test.Count;
                    rows.Add(new Row(name, length, metric.ToString(), before, after, 100 * (before - after), aim, minutes));
                }
            }
        }

        Show(rows, test, output);
        return rows;
    }

    /// <param name="Minutes">Of this conversion where this run made it whole; else nothing.</param>
    private sealed record Row(
        string Network, int VectorLength, string Metric, double Float, double Converted, double PointsLost, double Aim, double? Minutes);

    private static (QuantizedNetwork Network, double? Minutes) Convert(
        FloatNetwork source, Dataset train, int length, DistanceMetric metric, TextWriter output)
    {
        var path = Path.Combine(Folder, $"{source.Graph.Architecture}-v{length}-{metric}.safetensors".ToLowerInvariant());
        var options =
            ConversionOptions.Full with { Quantisation = new QuantisationOptions { VectorLength = length, Metric = metric }, Seed = Seed };
        // The name says with which options it goes on.
        options = options with { CheckpointPath = $"{path}.{ContentHash.Of([$"{options}"])[..8]}.checkpoint" };
        if (File.Exists(path) && ArtefactFile.Read(path) is var kept && LutBoost.IsResultOf(kept, source, train, options))
            return (kept, null);

        var whole = !File.Exists(options.CheckpointPath);
        output.WriteLine($"{path}: converting{(whole ? "" : ", from the checkpoint")}");
        var start = Stopwatch.GetTimestamp();
        var shown = 0.0;
        var progress = new Reports(p =>
        {
            if (p.Loss is null || (double)p.Done / p.Total < shown)
                return;
            output.WriteLine($"  {p}");
            shown = (double)p.Done / p.Total + ReportShare;
        });
        var network = LutBoost.Convert(source, train, options, progress).Network;
        ArtefactFile.Write(path, network);
        File.Delete(options.CheckpointPath);
        return (network, whole ? Stopwatch.GetElapsedTime(start).TotalMinutes : null);
    }

    private static void Show(List<Row> rows, Dataset test, TextWriter output)
    {
        var format = new QuantisationOptions();
        output.WriteLine(
            $"{test.Name}, {test.Count} test images, all layers, seed {Seed}; c = {format.CentroidCount}, "
            + $"{format.ActivationBits}-bit searched activations and centroids, {format.TableBits}-bit tables, "
            + $"{format.WideBits} bits into additions and logits; points lost (the recipe was chosen on these images)");
        output.WriteLine("network    v      float         L2         L1  Chebyshev     aim");
        foreach (var group in rows.GroupBy(r => (r.Network, r.VectorLength)))
        {
            var lost = Enum.GetValues<DistanceMetric>().Select(m => group.Single(r => r.Metric == m.ToString()).PointsLost);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.Network,-8} {group.Key.VectorLength,3} {group.First().Float,10:P2} "
                + $"{string.Join("", lost.Select(p => $"{p,11:F2}"))} {group.First().Aim,7:F1}"));
        }

        if (rows.All(r => r.Minutes is not null))
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"all conversions, made now: {rows.Sum(r => r.Minutes):F0} minutes"));
    }

    private sealed class Reports(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
