using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;
using LutDla.Networks.Data;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>How well a network predicts: each next token of sequences without labels, the label of those with one.</summary>
/// <param name="Predictions">How many there were.</param>
/// <param name="NegativeLogLikelihood">Mean over the predictions, in nats.</param>
/// <param name="Accuracy">Share of the predictions whose largest logit is the right one, 0 to 1.</param>
public sealed record TokenScore(long Predictions, double NegativeLogLikelihood, double Accuracy)
{
    /// <summary>Of a float network.</summary>
    public static TokenScore Of(FloatNetwork network, TokenData data, CancellationToken cancellation = default)
    {
        var sum = default(Sum);
        using var noGradient = no_grad();
        for (var i = 0; i < data.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = ((IExamples)data).Whole([i]);
            var logits = network.Forward(batch.Inputs(network), spans: batch.Spans).contiguous().data<float>().ToArray();
            sum = sum.With(Array.ConvertAll(logits, logit => (double)logit), data, i);
        }

        return sum.Score;
    }

    /// <summary>Of a converted network, by the golden model, on several threads.</summary>
    /// <param name="done">Called after each sequence with how many are done.</param>
    /// <param name="result">Called with each sequence's number and logits, in any order and from several threads.</param>
    /// <exception cref="InvalidInputException">The network does not say what its results mean, or takes other tokens.</exception>
    public static TokenScore Of(
        QuantizedNetwork network, TokenData data, Action<int>? done = null, Action<int, double[]>? result = null,
        CancellationToken cancellation = default)
    {
        const string Mend = "Give the artefact of a network of these tokens.";
        if (network.ResultScale is not { } scale)
            throw new InvalidInputException(network.Name, "result_scale", "missing", "Likelihoods need it.", Mend);
        if (network.Input.Vocabulary != data.Vocabulary)
        {
            throw new InvalidInputException(
                network.Name, "input.vocabulary", $"{network.Input.Vocabulary}", $"{data.Name} has {data.Vocabulary} different tokens.",
                Mend);
        }

        if (network.Input.Width < data.Longest)
        {
            throw new InvalidInputException(
                network.Name, "input.width", $"{network.Input.Width}", $"The longest sequence of {data.Name} has {data.Longest}.", Mend);
        }

        var shape = NetworkRules.Shapes(network)[network.Nodes[^1].Name];
        if (shape.Channels != data.Classes || (shape.Pixels == 1) == data.Labels.IsEmpty)
        {
            throw new InvalidInputException(
                network.Name, "result", $"{shape}",
                $"{data.Name} has {data.Classes} classes, of {(data.Labels.IsEmpty ? "each token" : "a sequence")}.", Mend);
        }

        var (sums, count) = (new Sum[data.Count], 0);
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, data.Count, options, i =>
        {
            var logits = Array.ConvertAll(GoldenNetwork.Run(network, data.Sequence(i)), code => code * scale);
            sums[i] = default(Sum).With(logits, data, i);
            result?.Invoke(i, logits);
            done?.Invoke(Interlocked.Increment(ref count));
        });
        return sums.Aggregate(default(Sum), (all, one) => all.And(one)).Score;
    }

    // Sums, in order of the sequences: the result depends on no number of threads.
    private readonly record struct Sum(long Predictions, double Nats, long Right)
    {
        public TokenScore Score => new(Predictions, Nats / Predictions, (double)Right / Predictions);

        public Sum And(Sum other) => new(Predictions + other.Predictions, Nats + other.Nats, Right + other.Right);

        public Sum With(double[] logits, TokenData data, int index)
        {
            if (!data.Labels.IsEmpty) return With(logits, data.Labels[index]);
            var sum = this;
            var tokens = data.Sequence(index);
            for (var t = 0; t + 1 < tokens.Length; t++) sum = sum.With(logits.AsSpan(t * data.Classes, data.Classes), tokens[t + 1]);
            return sum;
        }

        private Sum With(ReadOnlySpan<double> logits, int wanted) =>
            new(Predictions + 1, Nats + NatsOf(logits, wanted), Right + (Largest(logits) == wanted ? 1 : 0));
    }

    /// <summary>The place of the largest logit, the lowest of equals.</summary>
    public static int Largest(ReadOnlySpan<double> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best]) best = i;
        }

        return best;
    }

    /// <summary>The negative logarithm of the probability of one of them.</summary>
    public static double NatsOf(ReadOnlySpan<double> logits, int wanted)
    {
        var largest = logits[Largest(logits)];
        var total = 0.0;
        foreach (var logit in logits) total += Math.Exp(logit - largest);
        return largest + Math.Log(total) - logits[wanted];
    }
}
