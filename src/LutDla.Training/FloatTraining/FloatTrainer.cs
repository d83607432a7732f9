using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Runtime;
using LutDla.Training.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.FloatTraining;

/// <summary>Trains a float network on labels, or to predict the next token.</summary>
public static class FloatTrainer
{
    private const int WarmUpSteps = 200;

    /// <summary>
    /// Trains, or goes on with a stopped run. Same options, data and machine: same result, stopped in between or not.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint, if one was asked for, is written.</exception>
    /// <exception cref="InvalidInputException">
    /// The examples do not suit the architecture, or the checkpoint is broken or belongs to another run.
    /// </exception>
    public static FloatNetwork Train(
        FloatTrainingOptions options, IExamples data, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var graph = Architectures.For(options.Architecture, data);
        TorchRuntime.EnsureLoaded();
        var network = FloatNetwork.Create(
            graph, data is Dataset images ? PixelNormalisation.Of(images) : PixelNormalisation.None, options.Seed);
        foreach (var (_, parameter) in network.Parameters) parameter.requires_grad_();
        using var adam = new AdamOptimiser([.. network.Parameters.Select(pair => new TrainedTensor(
            pair.Key, pair.Value, Decay: pair.Value.dim() > 1 ? options.WeightDecay : 0))]);
        Run(options, network, adam, new EpochOrder(data.Count, options.BatchImages, options.Seed), data, progress, cancellation);
        foreach (var (_, parameter) in network.Parameters) parameter.requires_grad_(false);
        return network;
    }

    private static void Run(
        FloatTrainingOptions options, FloatNetwork network, AdamOptimiser adam, EpochOrder order, IExamples data,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var steps = options.Epochs * order.StepsPerEpoch;
        var schedule = new CosineSchedule(options.LearningRate, WarmUpSteps, steps);
        var origin = options.Origin(data);
        var state = network.Tensors.Concat(adam.State).ToList();
        var step = options.CheckpointPath is { } saved ? Checkpoint.Restore(saved, origin, steps, state) : 0;
        var report = new LossReport("float training", order.StepsPerEpoch, steps, progress);
        for (; step < steps; step++)
        {
            if (cancellation.IsCancellationRequested || step % order.StepsPerEpoch == 0) Keep(step);
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = data.Augment(order.Batch(step), options.Augmentation, order.Random(step));
            var loss = Loss(network.Forward(batch.Inputs(network), training: true, batch.Spans), batch.Labels(), options.LabelSmoothing);
            loss.backward();
            adam.Step(step, schedule.Rate(step));
            report.Add(step, loss.item<float>());
        }

        Keep(steps);

        void Keep(int nextStep)
        {
            if (options.CheckpointPath is { } path) Checkpoint.Write(path, origin, nextStep, state);
        }
    }

    // The last token of a sequence has no next one to predict.
    private static Tensor Loss(Tensor logits, Tensor labels, double smoothing)
    {
        using Scalar none = ExampleBatch.NoLabel;
        var known = labels.ne(none).nonzero().flatten();
        if (known.shape[0] < labels.shape[0]) (logits, labels) = (logits.index_select(0, known), labels.index_select(0, known));
        using Scalar rightShare = smoothing - 1;
        using Scalar otherShare = -smoothing;
        var logarithms = nn.functional.log_softmax(logits, dim: 1);
        var right = logarithms.gather(1, labels.unsqueeze(1)).mean();
        return right * rightShare + logarithms.mean() * otherShare;
    }
}
