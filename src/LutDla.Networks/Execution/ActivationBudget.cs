using LutDla.Boundary;
using LutDla.Networks.Data;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>How many examples may run through a network at once when all of its results are kept.</summary>
internal static class ActivationBudget
{
    /// <summary>Values of all results of all of these examples: eight gigabytes.</summary>
    public const long MaximumValues = 1L << 31;

    /// <summary>Refuses a batch whose results would be too many, before they are computed.</summary>
    /// <exception cref="InvalidInputException">Says how many there would be, and how many examples may be.</exception>
    public static void Check(FloatNetwork network, IExamples data, ExampleBatch batch)
    {
        var (each, units) = (ValuesEach(network, data), Units(batch));
        if (each * units <= MaximumValues) return;
        var most = Math.Max(1, MaximumValues / each * batch.Count / units);
        throw new InvalidInputException(
            network.Graph.Architecture, "results", $"{each * units} values of {batch.Count} examples",
            $"All results that are kept together must be at most {MaximumValues} values.",
            $"Use at most {most} examples at once, such as --set refit.images={most}.");
    }

    /// <summary>Values of all results of one image, or of one token of a sequence.</summary>
    public static long ValuesEach(FloatNetwork network, IExamples data)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var first = data.Whole([0]);
        return network.Results(first.Inputs(network), spans: first.Spans).Values.Sum(value => value.numel()) / Units(first);
    }

    private static long Units(ExampleBatch batch) => batch.Spans?.Tokens ?? batch.Count;
}
