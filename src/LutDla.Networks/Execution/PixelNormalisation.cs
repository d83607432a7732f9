using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Networks.Data;

namespace LutDla.Networks.Execution;

/// <summary>What a network takes for a byte b of channel k: (b / 255 - Mean[k]) / Deviation[k].</summary>
public sealed record PixelNormalisation(ImmutableArray<float> Mean, ImmutableArray<float> Deviation)
{
    /// <summary>
    /// What the network first makes of each channel of that, x · Gain + Offset: its layers see the result. Empty: nothing.
    /// </summary>
    internal ImmutableArray<(float Gain, float Offset)> Scaling { get; init; } = [];

    /// <summary>
    /// Mean and deviation of a data set. Grey images keep a mean of 0: their background is black, and so equals the zero padding.
    /// </summary>
    public static PixelNormalisation Of(Dataset data)
    {
        if (data.Meaning is { } meaning) return meaning;
        var (sums, squares) = (new double[data.Channels], new double[data.Channels]);
        for (var i = 0; i < data.Images.Length; i++)
        {
            var value = data.Images[i] / 255.0;
            sums[i % data.Channels] += value;
            squares[i % data.Channels] += value * value;
        }

        var count = (double)data.Images.Length / data.Channels;
        var means = sums.Select(sum => data.Channels == 1 ? 0 : sum / count).ToArray();
        var deviations = squares.Select((square, k) => Math.Sqrt(Math.Max(square / count - means[k] * means[k], 1e-6)));
        return new PixelNormalisation([.. means.Select(mean => (float)mean)], [.. deviations.Select(deviation => (float)deviation)]);
    }

    // Numbers that are nearer to each other count as one.
    private const float LeastRange = 1 / NumberRules.Largest;

    /// <summary>Bytes that stand for the numbers between the extremes of each channel.</summary>
    internal static PixelNormalisation Between(ImmutableArray<(float Least, float Most)> extremes)
    {
        var ranges = extremes.Select(extreme => extreme.Most - extreme.Least);
        var deviations = ranges.Select(range => range > LeastRange ? 1 / range : 1).ToArray();
        return new([.. extremes.Zip(deviations, (extreme, deviation) => -extreme.Least * deviation)], [.. deviations]);
    }

    /// <summary>The same as a converted network says it.</summary>
    internal static PixelNormalisation Of(ByteMeaning bytes)
    {
        var deviations = bytes.Step.Select(step => 1 / (255 * step)).ToArray();
        return new(
            [.. bytes.Offset.Zip(deviations, (offset, deviation) => (float)(-offset * deviation))],
            [.. deviations.Select(deviation => (float)deviation)]);
    }

    /// <summary>For hosts that have numbers and no bytes.</summary>
    internal ByteMeaning Bytes => new(
        [.. Mean.Zip(Deviation, (mean, deviation) => -(double)mean / deviation)],
        [.. Deviation.Select(deviation => 1 / (255.0 * deviation))]);

    /// <summary>The byte that stands for the number nearest to <paramref name="value"/>.</summary>
    internal byte Byte(float value, int channel) =>
        (byte)Math.Clamp(MathF.Round((value * Deviation[channel] + Mean[channel]) * 255), 0, 255);

    /// <summary>What someone says a network was trained to see.</summary>
    /// <param name="mean">A number for each channel, or none: 0.</param>
    /// <param name="deviation">A number for each channel, more than 0, or none: 1.</param>
    /// <exception cref="InvalidInputException">Another count of numbers, or numbers out of range.</exception>
    public static PixelNormalisation Given(string file, ImmutableArray<float> mean, ImmutableArray<float> deviation, int channels)
    {
        InputProblem[] problems = [.. Problems(file, mean, deviation, channels)];
        if (problems.Length > 0) throw new InvalidInputException(problems);
        return new(Fill(mean, 0, channels), Fill(deviation, 1, channels));
    }

    private static ImmutableArray<float> Fill(ImmutableArray<float> values, float standard, long channels) =>
        values.IsEmpty ? [.. Enumerable.Repeat(standard, (int)channels)] : values;

    internal static IEnumerable<InputProblem> Problems(
        string file, ImmutableArray<float> mean, ImmutableArray<float> deviation, long channels)
    {
        var (meansFit, deviationsFit) = (
            mean.IsEmpty || (mean.Length == channels && mean.All(float.IsFinite)),
            deviation.IsEmpty || (deviation.Length == channels && deviation.All(value => float.IsFinite(value) && value > 0)));
        if (!meansFit) yield return Problem("mean", mean, "");
        if (!deviationsFit) yield return Problem("deviation", deviation, ", more than 0");
        if (!meansFit || !deviationsFit || mean.Length + deviation.Length == 0) yield break;

        // What the network would see of black and white.
        var (means, deviations) = (Fill(mean, 0, channels), Fill(deviation, 1, channels));
        var seen = means.Zip(deviations, (m, d) => new[] { -m / d, (1 - m) / d }).SelectMany(pair => pair).ToArray();
        if (NumberRules.FindFault(seen) is >= 0 and var wrong)
        {
            yield return new(
                file, "mean, deviation", $"{seen[wrong]} for a {(wrong % 2 == 0 ? "black" : "white")} pixel of channel {wrong / 2}",
                NumberRules.Rule, "Give what the network was trained with.");
        }

        InputProblem Problem(string key, ImmutableArray<float> values, string range) => new(
            file, key, string.Join(", ", values), $"There must be a number for each of the {channels} channels of the images{range}.",
            "Give what the network was trained with.");
    }

    /// <summary>What no image has: the normalisation of a network of tokens.</summary>
    internal static PixelNormalisation None { get; } = new([], []);

    /// <summary>[channels, 256]: what a network sees of each byte.</summary>
    internal float[] Levels() =>
        [.. Mean.SelectMany((_, channel) => Enumerable.Range(0, 256).Select(value => Apply((byte)value, channel)))];

    public float Apply(byte value, int channel)
    {
        var given = (value / 255f - Mean[channel]) / Deviation[channel];
        return Scaling.IsEmpty ? given : given * Scaling[channel].Gain + Scaling[channel].Offset;
    }
}
