using System.Diagnostics;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;

namespace LutDla.Cli.Commands;

/// <summary>The golden model over sequences of tokens.</summary>
internal static class SequenceInference
{
    /// <param name="target">Where predictions go, if anywhere.</param>
    public static async Task<Outcome> RunAsync(CommandRun run, string file, SequenceOptions sequences, int count, string? target)
    {
        var network = ArtefactFile.Read(file);
        var data = sequences.ReadFor(run, DatasetPart.Test, network).Take(count);
        var logits = new double[target is null ? 0 : data.Count][];
        var clock = Stopwatch.StartNew();
        Action<int, double[]>? keep = target is null ? null : (i, found) => logits[i] = Keep(data, i, found);
        var score = await run.Terminal.TrackAsync("infer", track => Task.Run(
            () => TokenScore.Of(network, data, done => track.Report(done, data.Count), keep, run.Cancellation)));
        var seconds = clock.Elapsed.TotalSeconds;
        if (target is not null)
            Write(target, data, logits);
        run.Terminal.Line($"{network.Name}: {TokenFigures.One(data, score)}");
        return new(ExitCode.Success, new
        {
            Network = network.Name, Data = data.Name, Sequences = data.Count, Score = score, Seconds = seconds,
            TokensPerSecond = data.Tokens.Length / seconds, Predictions = target is null ? null : Path.GetFullPath(target),
        });
    }

    // Of each token: what is most likely to come, and how unlikely it is what does, in nats. All scores would be many times the data.
    private static double[] Keep(TokenData data, int index, double[] logits)
    {
        if (!data.Labels.IsEmpty) return logits;
        var tokens = data.Sequence(index);
        var kept = new double[2 * (tokens.Length - 1)];
        for (var t = 0; t + 1 < tokens.Length; t++)
        {
            var row = logits.AsSpan(t * data.Classes, data.Classes);
            (kept[2 * t], kept[2 * t + 1]) = (TokenScore.Largest(row), TokenScore.NatsOf(row, tokens[t + 1]));
        }

        return kept;
    }

    private static void Write(string target, TokenData data, double[][] logits)
    {
        if (data.Labels.IsEmpty)
            PredictionFile.Write(target, ["example", "position", "label", "prediction"], 1, "nats", file => Tokens(file, data, logits));
        else
            PredictionFile.Write(target, ["example", "label", "prediction"], data.Classes, "score",
                file => WriteLabels(file, data, logits));
    }

    private static int WriteLabels(PredictionFile file, TokenData data, double[][] logits)
    {
        foreach (var (i, scores) in logits.Index())
            file.Add([i, data.Labels[i], TokenScore.Largest(scores)], scores);
        return logits.Length;
    }

    private static int Tokens(PredictionFile file, TokenData data, double[][] logits)
    {
        foreach (var (i, kept) in logits.Index())
        {
            for (var t = 0; 2 * t < kept.Length; t++)
                file.Add([i, t + 1, data.Sequence(i)[t + 1], (long)kept[2 * t]], [kept[2 * t + 1]]);
        }

        return logits.Length;
    }
}
