using LutDla.Benchmarks.Onnx;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using Microsoft.ML.OnnxRuntime;

namespace LutDla.Benchmarks;

/// <summary>
/// The golden model against ONNX Runtime on one trained network, the same images and as many threads: the question is what a converted
/// network costs on a processor that would rather multiply.
/// </summary>
internal static class OnnxRuntimeBenchmark
{
    private const string NetworkPath = "networks/resnet8-fashion.safetensors";
    private const int CalibrationImages = 1000;
    private const int TrialRounds = 3;
    private const int Rounds = 11;
    private const string Fp32 = "ORT FP32";
    private const string Int8 = "ORT INT8";

    // Another order of additions may move an image that lies on the edge of two classes.
    private const double AccuracyTolerance = 0.0003;

    private static readonly int[] BatchSizes = [1, 8, 32, 128];

    public static object Run(TextWriter output)
    {
        using var network = FloatNetworkFile.Read(NetworkPath);
        var data = DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Test);
        var threads = Environment.ProcessorCount;
        var golden = Enum.GetValues<DistanceMetric>()
            .Select(metric => new GoldenContender($"LUT {metric}", ConvertedNetworks.Get(network, metric, output), data, threads)).ToList();

        var trials = new List<BatchTrial>();
        var graph = OnnxExport.Of(network);
        var images = NormalisedImages.Of(data, network.Normalisation);
        using var fp32 = AtBestBatch(Fp32, graph, images, data.Classes, threads, trials);
        using var int8 = AtBestBatch(Int8, Quantised(graph, network.Normalisation), images, data.Classes, threads, trials);
        var floatAccuracy = network.Accuracy(data);
        CheckAccuracy(fp32, data, floatAccuracy);

        List<IContender> contenders = [.. golden, fp32, int8];
        var report = new OnnxRuntimeReport(
            Path.GetFileNameWithoutExtension(NetworkPath), OrtEnv.Instance().GetVersionString(), threads, data.Count, floatAccuracy,
            Rows(contenders, data), trials);
        Show(report, output);
        return report;
    }

    private static OnnxGraph Quantised(OnnxGraph graph, PixelNormalisation normalisation)
    {
        var calibration = DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Train).Take(CalibrationImages);
        return QdqRewrite.Of(graph, OnnxCalibration.Scales(graph, NormalisedImages.Of(calibration, normalisation)));
    }

    private static OnnxContender AtBestBatch(
        string name, OnnxGraph graph, float[] images, int classes, int threads, List<BatchTrial> trials)
    {
        var contenders = BatchSizes.Select(size => new OnnxContender(name, graph, images, classes, size, threads)).ToList();
        var seconds = Seconds(contenders, TrialRounds).Select(rounds => rounds.Min()).ToArray();
        trials.AddRange(contenders.Select((contender, i) => new BatchTrial(name, contender.BatchImages, seconds[i])));
        var best = contenders[Array.IndexOf(seconds, seconds.Min())];
        foreach (var other in contenders.Where(contender => contender != best))
            other.Dispose();
        return best;
    }

    private static void CheckAccuracy(OnnxContender fp32, Dataset data, double floatAccuracy)
    {
        var accuracy = Accuracy(fp32, data);
        if (Math.Abs(accuracy - floatAccuracy) > AccuracyTolerance)
            throw new InvalidOperationException(
                $"The exported network has an accuracy of {accuracy:P2}, the network itself of {floatAccuracy:P2}.");
    }

    private static List<OnnxRuntimeRow> Rows(List<IContender> contenders, Dataset data)
    {
        var seconds = Seconds(contenders, Rounds);
        var medians = Array.ConvertAll(seconds, Timing.Median);
        var fp32 = medians[contenders.FindIndex(contender => contender.Name == Fp32)];
        var int8 = medians[contenders.FindIndex(contender => contender.Name == Int8)];
        return [.. contenders.Select((contender, i) => new OnnxRuntimeRow(
            contender.Name, contender.BatchImages, seconds[i], medians[i], data.Count / medians[i], fp32 / medians[i], int8 / medians[i],
            Accuracy(contender, data)))];
    }

    // [contender][round].
    private static double[][] Seconds(IReadOnlyList<IContender> contenders, int rounds) =>
    [
        .. Timing.Interleaved([.. contenders.Select(contender => (Action)contender.Run)], rounds)
            .Select(durations => Array.ConvertAll(durations, duration => duration.Seconds)),
    ];

    private static double Accuracy(IContender contender, Dataset data) => (double)contender.CountCorrect(data.Labels) / data.Count;

    private static void Show(OnnxRuntimeReport report, TextWriter output)
    {
        output.WriteLine(
            $"{report.Network} on {report.Images} test images, threads: {report.Threads}; ONNX Runtime {report.OnnxRuntimeVersion}; "
            + $"float accuracy {report.FloatAccuracy:P2}");
        output.WriteLine("version          batch   images/s    seconds   x FP32   x INT8   accuracy");
        foreach (var row in report.Rows)
        {
            output.WriteLine(
                $"{row.Name,-15} {row.BatchImages,6} {row.ImagesPerSecond,10:F0} {row.MedianSeconds,10:F3} "
                + $"{row.SpeedOverFp32,8:F2} {row.SpeedOverInt8,8:F2} {row.Accuracy,10:P2}");
        }
    }
}
