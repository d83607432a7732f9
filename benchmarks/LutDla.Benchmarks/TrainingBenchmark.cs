using System.Diagnostics;
using LutDla.Training.Conversion;
using LutDla.Training.Data;
using LutDla.Training.Networks;
using LutDla.Training.Runtime;
using TorchSharp;

namespace LutDla.Benchmarks;

/// <summary>
/// What a step of LUTBoost's training costs against one of float training, where its time goes, and the memory it takes: the published ResNet-20 on CIFAR-10.
/// </summary>
internal static class TrainingBenchmark
{
    private const int RoundSteps = 10;
    private const int Rounds = 9;

    // Of one part of a step in a round.
    private const int PartCalls = 3;

    private const double AimRatio = 1.5;
    private const double AimGigabytes = 6;

    private static readonly int[] VectorLengths = [4, 2];

    /// <summary>Prints tables; returns their figures. Without the network and the images under LUTDLA_DATA it only says so.</summary>
    public static object Run(TextWriter output, BenchmarkOptions benchmark)
    {
        using var resnet = CifarResNet.Find("training", output);
        if (resnet is null) return new { Skipped = true };
        TorchRuntime.EnsureLoaded(benchmark.Threads);

        using var scope = torch.NewDisposeScope();
        using var source = NormFolding.Fold(resnet.Network);
        var subjects = VectorLengths.Select(length => new Subject(source, resnet.Train, length)).ToList();
        Action[] work = [() => TrainFloat(resnet.Train), .. subjects.Select(subject => (Action)subject.Train), .. subjects.SelectMany(subject => subject.PartRuns)];
        var seconds = Timing.Interleaved(work, Rounds).Select(Timing.Median).ToArray();

        var report = Report.Of(seconds, subjects);
        Show(report, output);
        foreach (var subject in subjects) subject.Dispose();
        return report;
    }

    /// <summary>A converted network that is trained on, and the parts of a step.</summary>
    private sealed class Subject : IDisposable
    {
        private readonly ConversionOptions _options;
        private readonly Dataset _train;
        private readonly LutNetwork _network;

        public Subject(FloatNetwork source, Dataset train, int vectorLength)
        {
            (VectorLength, _train) = (vectorLength, train);
            var deep = ConversionOptions.Deep;
            _options = deep with
            {
                Quantisation = CifarResNet.Format with { VectorLength = vectorLength },
                FineTuning = deep.FineTuning with { TableVisits = RoundSteps * deep.FineTuning.BatchImages },
            };
            _network = Initialised(source, train, _options);
            Parts = new TrainingParts(_network, train, _options.FineTuning);
        }

        public int VectorLength { get; }

        public TrainingParts Parts { get; }

        public IEnumerable<Action> PartRuns => Parts.All.Select(part => (Action)(() =>
        {
            for (var i = 0; i < PartCalls; i++) part.Run();
        }));

        public void Train()
        {
            using var scope = torch.NewDisposeScope();
            LutTrainer.Run(_network, _options, _train, nameof(TrainingBenchmark), progress: null, trace: null, CancellationToken.None);
        }

        public void Dispose()
        {
            Parts.Dispose();
            _network.Dispose();
        }

        // As a conversion does it, so that the peak of memory is that of one.
        private static LutNetwork Initialised(FloatNetwork source, Dataset train, ConversionOptions options)
        {
            using var scope = torch.NewDisposeScope();
            var calibration = CalibrationValues.Of(source, train, options.Refit.Images, options.Seed);
            var network = new LutNetwork(source, options.Quantisation, ScalePlan.Of(source, calibration.Values, options.Quantisation));
            SequentialConversion.Run(network, calibration, options, null, CancellationToken.None);
            foreach (var (_, tensor) in LutTrainer.State(network)) tensor.MoveToOuterDisposeScope();
            return network;
        }
    }

    /// <param name="VectorLength">Null: the float network.</param>
    private sealed record Step(int? VectorLength, double Milliseconds, double OverFloat, IReadOnlyList<PartTime> Parts);

    /// <param name="Share">Of the step.</param>
    private sealed record PartTime(string Part, double Milliseconds, double Share);

    private sealed record Report(int Threads, int BatchImages, int RoundSteps, int Rounds, IReadOnlyList<Step> Steps, double PeakGigabytes)
    {
        /// <param name="seconds">Medians of a round: float training, each subject, then each part of each subject.</param>
        public static Report Of(double[] seconds, IReadOnlyList<Subject> subjects)
        {
            var (milliseconds, next) = (1000 * seconds[0] / TrainingBenchmark.RoundSteps, 1 + subjects.Count);
            var steps = new List<Step> { new(null, milliseconds, 1, []) };
            foreach (var (i, subject) in subjects.Index())
            {
                var step = 1000 * seconds[1 + i] / TrainingBenchmark.RoundSteps;
                var parts = subject.Parts.All.Select(part => (part.Name, Time: 1000 * seconds[next++] / PartCalls * part.ShareOfSteps)).ToList();
                parts.Add(("rest", step - parts.Sum(part => part.Time)));
                steps.Add(new(subject.VectorLength, step, step / milliseconds, [.. parts.Select(part => new PartTime(part.Name, part.Time, part.Time / step))]));
            }

            using var process = Process.GetCurrentProcess();
            return new(
                torch.get_num_threads(), new FineTuningOptions().BatchImages, TrainingBenchmark.RoundSteps, TrainingBenchmark.Rounds, steps,
                process.PeakWorkingSet64 / 1e9);
        }
    }

    private static void TrainFloat(Dataset train)
    {
        var options = FloatTrainingOptions.For(Architecture.ResNet20) with { Epochs = 1, BatchImages = new FineTuningOptions().BatchImages };
        FloatTrainer.Train(options, train.Take(RoundSteps * options.BatchImages)).Dispose();
    }

    private static void Show(Report report, TextWriter output)
    {
        output.WriteLine(
            $"training steps of {report.BatchImages} images, ResNet-20 on CIFAR-10, threads: {report.Threads}; "
            + $"median of {report.Rounds} interleaved rounds of {report.RoundSteps} steps");
        output.WriteLine($"network                          ms/step    / float (aim {AimRatio:F1})");
        foreach (var step in report.Steps)
        {
            var name = step.VectorLength is { } length ? $"LUT, deep, v = {length}, c = 16, L2" : "float";
            output.WriteLine($"{name,-30} {step.Milliseconds,9:F0} {step.OverFloat,10:F2}");
        }

        var lut = report.Steps.Where(step => step.VectorLength is not null).ToList();
        output.WriteLine($"part of a LUT step, run alone {string.Join("", lut.Select(step => $"    v = {step.VectorLength}: ms      %"))}");
        foreach (var (i, part) in lut[0].Parts.Index())
            output.WriteLine($"{part.Part,-30} {string.Join("", lut.Select(step => $"{step.Parts[i].Milliseconds,13:F1} {100 * step.Parts[i].Share,6:F1}"))}");
        output.WriteLine($"peak resident memory of it all, two conversions in one process: {report.PeakGigabytes:F2} GB (aim {AimGigabytes:F0})");
    }
}
