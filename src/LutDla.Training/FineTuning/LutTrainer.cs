using System.Diagnostics;
using System.Globalization;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.FineTuning;

/// <summary>A stage of training: which tensors move, and for how long.</summary>
/// <param name="MovesCentroids">By gradient.</param>
/// <param name="FollowsCentroids">By running means.</param>
/// <param name="MovesTemperatures">Of soft assignment.</param>
internal sealed record TrainingStage(
    string Name, int Steps, bool MovesCentroids, bool MovesWeights, bool MovesResiduals, bool FollowsCentroids, bool MovesTemperatures,
    double ReconstructionWeight)
{
    public static IReadOnlyList<TrainingStage> Of(FineTuningOptions options)
    {
        var softens = options.SoftTemperatureRate > 0;
        return
        [
            new("centroid calibration", options.StepsOf(options.CentroidVisits), true, false, false, false, softens, 0),
            new("joint training", options.StepsOf(options.JointVisits), true, true, false, false, softens, options.ReconstructionWeight),
            new("table training", options.StepsOf(options.TableVisits), false, true, true, true, softens, 0),
        ];
    }

    /// <param name="normalises">Whether layers that can normalise their sums by the batch: gain and offset then stand for the bias.</param>
    public bool Moves(ConvertedMatrix matrix, Tensor tensor, bool normalises)
    {
        var lut = matrix as LutMatrix;
        var normalised = normalises && lut is { CanNormalise: true };
        return (MovesWeights && ReferenceEquals(tensor, matrix.Weight))
            || (MovesWeights && !normalised && ReferenceEquals(tensor, matrix.Bias))
            || (MovesWeights && normalised
                && (ReferenceEquals(tensor, lut?.Normalisation.Gain) || ReferenceEquals(tensor, lut?.Normalisation.Offset)))
            || (MovesCentroids && ReferenceEquals(tensor, lut?.Centroids))
            || (MovesResiduals && ReferenceEquals(tensor, lut?.Residual))
            || (MovesTemperatures && ReferenceEquals(tensor, lut?.LogTemperature));
    }
}

/// <summary>
/// Trains the integer network, rounding included, towards the float network's logits (distillation). Every step follows from the seed, its
/// number and the tensors, so that a stopped run goes on exactly.
/// </summary>
internal static class LutTrainer
{
    private const int WarmUpSteps = 50;

    /// <summary>What a killed run may lose.</summary>
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(30);

    private const int ReportSteps = 100;

    public static void Run(
        LutNetwork network, ConversionOptions options, IExamples data, string origin, IProgress<TrainingProgress>? progress,
        TrainingTrace? trace, CancellationToken cancellation)
    {
        var batchImages = Math.Min(options.FineTuning.BatchImages, data.Count);
        ActivationBudget.Check(network.Source, data, data.Whole(Enumerable.Range(0, batchImages)));
        var stages = TrainingStage.Of(options.FineTuning);
        var total = stages.Sum(stage => stage.Steps);
        // The network first: the sizes of its tensors set their learning rates.
        var next = Restore(State(network));
        using var teacher = new Teacher(network.Source);
        using var adam = new AdamOptimiser([.. TensorsToTrain(network, options.FineTuning)]);
        Restore(adam.State);
        var order = new EpochOrder(data.Count, options.FineTuning.BatchImages, options.Seed);
        var sinceCheckpoint = Stopwatch.StartNew();
        var first = 0;
        foreach (var stage in stages)
        {
            if (next < first + stage.Steps) RunStage(stage, first);
            first += stage.Steps;
        }

        Keep(total);
        if (options.FineTuning.SoftTemperatureRate > 0)
            progress?.Report(new("learned temperatures", total, total, Note: Temperatures(network, options.FineTuning)));

        void RunStage(TrainingStage stage, int start)
        {
            if (next <= start)
            {
                adam.Forget();
                foreach (var matrix in network.Matrices.Values.OfType<LutMatrix>()) matrix.Averages.Start(matrix.Centroids);
            }

            var schedule = new CosineSchedule(options.FineTuning.LearningRate, WarmUpSteps, stage.Steps);
            var report = new LossReport(stage.Name, ReportSteps, stage.Steps, progress, later: total - start - stage.Steps);
            var following = stage.FollowsCentroids ? options.FineTuning.FollowingShare * stage.Steps : 0;
            var normalises = stage.FollowsCentroids && options.FineTuning.BatchNormalisation;
            var traced = new TraceStage(stage.Name, start, stage.Steps, options.FineTuning.BatchImages, normalises);
            if (next >= start) trace?.Start(network, options, data, traced, next - start);
            Free(stage, normalises);
            for (var step = Math.Max(0, next - start); step < stage.Steps; step++)
            {
                if (cancellation.IsCancellationRequested || start + step == 0 || sinceCheckpoint.Elapsed > CheckpointInterval)
                    Keep(start + step);
                cancellation.ThrowIfCancellationRequested();
                var pass = new TrainingPass(
                    stage.ReconstructionWeight, FollowCentroids: step < following && step % CentroidAverages.Interval == 0, normalises,
                    EndsAtBlocks: stage.FollowsCentroids && step < options.FineTuning.BlockShare * stage.Steps,
                    options.FineTuning.SoftTemperature, order.Random(start + step));
                var looks = !stage.FollowsCentroids || step < options.FineTuning.FeatureShare * stage.Steps;
                var distillation = DistillationLoss.Of(looks ? options.FineTuning : options.FineTuning with { FeatureWeight = 0 });
                var batch = data.Augment(order.Batch(start + step), options.FineTuning.Augmentation, pass.Random);
                var loss = Step(network, teacher, pass, distillation, batch);
                report.Add(step, loss);
                adam.Step(step, schedule.Rate(step));
                trace?.Add(network, traced, step, loss);
            }

            if (normalises && stage.Steps > 0) network.RestNormalisation();
            foreach (var (_, tensor) in State(network)) tensor.requires_grad_(false);
        }

        void Free(TrainingStage stage, bool normalises)
        {
            foreach (var matrix in network.Matrices.Values)
            {
                foreach (var (_, tensor) in matrix.State) tensor.requires_grad_(stage.Moves(matrix, tensor, normalises));
            }
        }

        int Restore(IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
            options.CheckpointPath is { } path ? Checkpoint.Restore(path, origin, total, tensors) : 0;

        void Keep(int nextStep)
        {
            if (options.CheckpointPath is { } path) Checkpoint.Write(path, origin, nextStep, State(network).Concat(adam.State));
            sinceCheckpoint.Restart();
        }
    }

    /// <summary>All tensors of the network, for checkpoints.</summary>
    public static IEnumerable<KeyValuePair<string, Tensor>> State(LutNetwork network) => network.Matrices.SelectMany(
        pair => pair.Value.State.Select(tensor => new KeyValuePair<string, Tensor>($"{pair.Key}.{tensor.Key}", tensor.Value)));

    private static string Temperatures(LutNetwork network, FineTuningOptions options) => string.Join(", ", network.Matrices
        .Where(pair => pair.Value is LutMatrix)
        .Select(pair => (Name: pair.Key, Factor: Math.Exp(((LutMatrix)pair.Value).LogTemperature.item<float>())))
        .Select(layer => string.Create(CultureInfo.InvariantCulture, $"{layer.Name} {options.SoftTemperature * layer.Factor:G3}")));

    // Leaves the gradients in the tensors.
    private static double Step(LutNetwork network, Teacher teacher, TrainingPass pass, DistillationLoss distillation, ExampleBatch batch)
    {
        using var scope = NewDisposeScope();
        try
        {
            var codes = network.Results(batch.Levels(network.InputCodes()), pass, batch.Spans);
            var loss = pass.Loss(distillation.Measure(network, codes, teacher.Results(batch), batch));
            loss.backward();
            return loss.item<float>();
        }
        catch (OverflowException)
        {
            // Centroids and tables that are no numbers any more have no codes.
            return double.NaN;
        }
    }

    private static IEnumerable<TrainedTensor> TensorsToTrain(LutNetwork network, FineTuningOptions options) => network.Matrices.SelectMany(
        pair => pair.Value.Match(lut => TensorsToTrain(pair.Key, lut, options), exact => TensorsToTrain(pair.Key, exact)));

    private static IEnumerable<TrainedTensor> TensorsToTrain(string name, ExactMatrix matrix)
    {
        yield return new TrainedTensor($"{name}.weight", matrix.Weight, matrix.Sizes[0].item<float>());
        yield return new TrainedTensor($"{name}.bias", matrix.Bias, matrix.Sizes[1].item<float>());
    }

    private static IEnumerable<TrainedTensor> TensorsToTrain(string name, LutMatrix matrix, FineTuningOptions options)
    {
        var (weight, centroid, entry) = (matrix.Sizes[0].item<float>(), matrix.Sizes[1].item<float>(), matrix.Sizes[2].item<float>());
        yield return new TrainedTensor($"{name}.weight", matrix.Weight, weight);
        yield return new TrainedTensor($"{name}.centroids", matrix.Centroids, centroid);
        yield return new TrainedTensor($"{name}.residual", matrix.Residual, entry);
        // A bias is of the size of a sum of independent entries.
        yield return new TrainedTensor($"{name}.bias", matrix.Bias, entry * Math.Sqrt(matrix.Geometry.SubspaceCount));
        var gain = matrix.Sizes[3].item<float>();
        yield return new TrainedTensor($"{name}.gain", matrix.Normalisation.Gain, gain);
        yield return new TrainedTensor($"{name}.offset", matrix.Normalisation.Offset, gain);
        if (options.SoftTemperatureRate > 0)
            yield return new TrainedTensor($"{name}.log_temperature", matrix.LogTemperature, options.SoftTemperatureRate);
    }
}
