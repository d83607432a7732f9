using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>Calibration examples and every result of the float network on them.</summary>
/// <param name="Values">[count, channels, height, width], by operation.</param>
internal sealed record CalibrationValues(ExampleBatch Batch, IReadOnlyDictionary<string, Tensor> Values) : IDisposable
{
    /// <summary>A seeded choice of examples, and the network's values on them.</summary>
    /// <inheritdoc cref="Choose" path="/param"/>
    /// <exception cref="InvalidInputException">A result breaks <see cref="NumberRules"/>, or there are too many to be kept.</exception>
    public static CalibrationValues Of(FloatNetwork network, IExamples data, int count, int seed, int skip = 0)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var batch = Choose(data, count, seed, skip);
        ActivationBudget.Check(network, data, batch);
        var values = network.Results(batch.Inputs(network), spans: batch.Spans);
        Check(network, values);
        foreach (var value in values.Values) value.DetachFromDisposeScope();
        return new CalibrationValues(batch, values);
    }

    /// <summary>A seeded choice of examples.</summary>
    /// <param name="skip">How many others, of the same seed, come before them.</param>
    public static ExampleBatch Choose(IExamples data, int count, int seed, int skip = 0)
    {
        var order = Enumerable.Range(0, data.Count).ToArray();
        new Random(seed).Shuffle(order);
        return data.Whole(order.Skip(skip).Take(count));
    }

    // The first one: all after it are what comes of that.
    private static void Check(FloatNetwork network, Dictionary<string, Tensor> values)
    {
        foreach (var op in network.Graph.Operations)
        {
            using var largest = values[op.Name].abs().max();
            if (!NumberRules.Holds(largest.item<float>()))
            {
                throw new InvalidInputException(
                    network.Graph.Architecture, op.Name, $"{largest.item<float>()} is its largest result on the examples", NumberRules.Rule,
                    "Give the network weights with which, and examples on which, all of its results are numbers.");
            }
        }
    }

    public void Dispose()
    {
        foreach (var value in Values.Values) value.Dispose();
    }
}
