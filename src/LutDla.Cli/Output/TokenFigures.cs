using System.Globalization;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;

namespace LutDla.Cli.Output;

/// <summary>How well networks predict tokens or labels, in words.</summary>
internal static class TokenFigures
{
    public static string Comparison(TokenData data, TokenScore before, TokenScore after) => data.Labels.IsEmpty
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"float {Nats(before)}, converted {Nats(after)}, " +
            $"{100 * (after.NegativeLogLikelihood / before.NegativeLogLikelihood - 1):F1} % more, {Over(data, after)}.")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"float {Figures.Percent(before.Accuracy)}, converted {Figures.Percent(after.Accuracy)}, " +
            $"{100 * (before.Accuracy - after.Accuracy):F2} points lost, {Over(data, after)}.");

    public static string One(TokenData data, TokenScore score) =>
        $"{(data.Labels.IsEmpty ? $"{Nats(score)}, " : "")}{Figures.Percent(score.Accuracy)} right, {Over(data, score)}.";

    private static string Nats(TokenScore score) =>
        string.Create(CultureInfo.InvariantCulture, $"{score.NegativeLogLikelihood:F5} nats a token");

    private static string Over(TokenData data, TokenScore score) =>
        $"over {Figures.Count(score.Predictions, "prediction")} in {Figures.Count(data.Count, "sequence")}";
}
