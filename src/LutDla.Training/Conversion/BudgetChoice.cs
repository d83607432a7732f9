using LutDla.Boundary;

namespace LutDla.Training.Conversion;

/// <summary>
/// Formats by layer within a budget: from the cheapest ones on, the format that takes away the most divergence for its bits comes next.
/// Divergences of layers converted alone are taken to add up.
/// </summary>
public static class BudgetChoice
{
    /// <summary>One of the measured formats for each layer.</summary>
    /// <param name="measured">Several formats a layer. Layers that must stay exact have one and do not count.</param>
    /// <param name="budget">
    /// Bits of an input after the search (<see cref="LayerReport.BitsPerActivation"/>): mean over the layers that have a choice, weighted
    /// with their multiply-accumulates.
    /// </param>
    /// <exception cref="InvalidInputException">The cheapest formats need more.</exception>
    public static IReadOnlyList<LayerSensitivity> Choose(IEnumerable<LayerSensitivity> measured, double budget)
    {
        LayerSensitivity[][] layers = [.. measured.GroupBy(m => m.Layer.Name).Select(group => group.ToArray())
            .Where(formats => formats.Length > 1)];
        LayerSensitivity[] chosen = [.. layers.Select(
            formats => formats.OrderBy(m => m.Layer.BitsPerActivation).ThenBy(m => m.Divergence).First())];
        if (MeanBits(chosen) > budget)
        {
            throw new InvalidInputException(
                "command line", "--budget", $"{budget}", $"The cheapest formats have {MeanBits(chosen):F3} bits an input.",
                "Give more bits, or cheaper candidates.");
        }

        while (Best() is { } step) chosen[step.Index] = step.Format;
        return chosen;

        (int Index, LayerSensitivity Format)? Best() => chosen.Index()
            .SelectMany(now => layers[now.Index].Select(format => (now.Index, Now: now.Item, Format: format)))
            .Where(step => step.Format.Divergence < step.Now.Divergence
                && MeanBits([.. chosen.Select((m, i) => i == step.Index ? step.Format : m)]) <= budget)
            .OrderByDescending(
                step => (step.Now.Divergence - step.Format.Divergence) / Math.Max(Cost(step.Format) - Cost(step.Now), double.Epsilon))
            .Select(step => ((int, LayerSensitivity)?)(step.Index, step.Format)).FirstOrDefault();
    }

    /// <summary>Of one format a layer; see the budget of <see cref="Choose"/>.</summary>
    public static double MeanBits(IReadOnlyList<LayerSensitivity> layers) =>
        layers.Count == 0 ? 0 : layers.Sum(Cost) / layers.Sum(m => (double)m.Layer.MultiplyAccumulates);

    private static double Cost(LayerSensitivity format) => format.Layer.BitsPerActivation * format.Layer.MultiplyAccumulates;
}
