using System.Diagnostics;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Runtime;
using LutDla.Training.FineTuning;
using LutDla.Training.FloatTraining;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Recipe;
using TorchSharp;

namespace LutDla.Benchmarks;

/// <summary>
/// What a step of LUTBoost's training costs against one of float training, where its time goes, and the memory it takes: the published
/// ResNet-20 on CIFAR-10.
/// </summary>
internal static class TrainingBenchmark
{
    private const int RoundSteps = 10;
    private const int Rounds = 5;

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
        Action[] work = [() => TrainFloat(resnet.Train), .. subjects.Select(
            subject => (Action)subject.Train), .. subjects.SelectMany(subject => subject.PartRuns)];
        var report = Report.Of([.. Timing.Interleaved(work, Rounds).Select(Median)], subjects);
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
            SequentialConversion.Run(network, calibration, heldOut: null, options, progress: null, CancellationToken.None);
            foreach (var (_, tensor) in LutTrainer.State(network)) tensor.MoveToOuterDisposeScope();
            return network;
        }
    }

    private static Duration Median(Duration[] rounds) => new(
        Timing.Median([.. rounds.Select(round => round.Seconds)]), Timing.Median([.. rounds.Select(round => round.ProcessorSeconds)]));

    /// <param name="VectorLength">Null: the float network.</param>
    /// <param name="Milliseconds">On the clock.</param>
    /// <param name="ProcessorMilliseconds">Of all threads.</param>
    private sealed record Step(int? VectorLength, double Milliseconds, double ProcessorMilliseconds, IReadOnlyList<PartTime> Parts);

    /// <param name="Milliseconds">Of the processor.</param>
    private sealed record PartTime(string Part, double Milliseconds);

    private sealed record Report(int Threads, IReadOnlyList<Step> Steps, double PeakGigabytes)
    {
        /// <param name="medians">Of a round: float training, each subject, then each part of each subject.</param>
        public static Report Of(Duration[] medians, IReadOnlyList<Subject> subjects)
        {
            var (steps, next) = (new List<Step> { Step(null, medians[0], []) }, 1 + subjects.Count);
            foreach (var (i, subject) in subjects.Index())
            {
                var parts = subject.Parts.All
                    .Select(part => new PartTime(part.Name, 1000 * medians[next++].ProcessorSeconds / PartCalls * part.ShareOfSteps))
                        .ToList();
                var step = Step(subject.VectorLength, medians[1 + i], parts);
                parts.Add(new("rest", step.ProcessorMilliseconds - parts.Sum(part => part.Milliseconds)));
                steps.Add(step);
            }

            using var process = Process.GetCurrentProcess();
            return new(torch.get_num_threads(), steps, process.PeakWorkingSet64 / 1e9);
        }

        private static Step Step(int? vectorLength, Duration round, IReadOnlyList<PartTime> parts) =>
            new(vectorLength, 1000 * round.Seconds / RoundSteps, 1000 * round.ProcessorSeconds / RoundSteps, parts);
    }

    private static void TrainFloat(Dataset train)
    {
        var options = FloatTrainingOptions.For(
            Architecture.ResNet20) with { Epochs = 1, BatchImages = new FineTuningOptions().BatchImages };
        FloatTrainer.Train(options, train.Take(RoundSteps * options.BatchImages)).Dispose();
    }

    private static void Show(Report report, TextWriter output)
    {
        output.WriteLine(
            $"training steps of {new FineTuningOptions().BatchImages} images, ResNet-20 on CIFAR-10, threads: {report.Threads}; "
            + $"median of {Rounds} interleaved rounds of {RoundSteps} steps");
        output.WriteLine($"network                         ms/step    / float   processor ms    / float (aim {AimRatio:F1})");
        var exact = report.Steps[0];
        foreach (var step in report.Steps)
        {
            var name = step.VectorLength is { } length ? $"LUT, deep, v = {length}, c = 16, L2" : "float";
            output.WriteLine(
                $"{name,-30} {step.Milliseconds,8:F0} {step.Milliseconds / exact.Milliseconds,10:F2} {step.ProcessorMilliseconds,14:F0} "
                + $"{step.ProcessorMilliseconds / exact.ProcessorMilliseconds,10:F2}");
        }

        var lut = report.Steps.Where(step => step.VectorLength is not null).ToList();
        output.WriteLine($"processor time of a LUT step   {string.Join("", lut.Select(step => $"   v = {step.VectorLength}: ms      %"))}");
        foreach (var (i, part) in lut[0].Parts.Index())
        {
            var times = lut.Select(
                step => $"{step.Parts[i].Milliseconds,12:F1} {100 * step.Parts[i].Milliseconds / step.ProcessorMilliseconds,6:F1}");
            output.WriteLine($"{part.Part,-30} {string.Join("", times)}");
        }

        output.WriteLine(
            $"peak resident memory of it all, two conversions in one process: {report.PeakGigabytes:F2} GB (aim {AimGigabytes:F0})");
    }
}
