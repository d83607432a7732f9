using LutDla.Training.Data;
using LutDla.Training.Networks;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>Calibration examples and every result of the float network on them.</summary>
/// <param name="Values">[count, channels, height, width], by operation.</param>
internal sealed record CalibrationValues(ExampleBatch Batch, IReadOnlyDictionary<string, Tensor> Values) : IDisposable
{
    /// <summary>A seeded choice of examples.</summary>
    /// <param name="skip">How many others, of the same seed, come before them.</param>
    public static CalibrationValues Of(FloatNetwork network, IExamples data, int count, int seed, int skip = 0)
    {
        using var noGradient = no_grad();
        var order = Enumerable.Range(0, data.Count).ToArray();
        new Random(seed).Shuffle(order);
        var batch = data.Whole(order.Skip(skip).Take(count));
        return new CalibrationValues(batch, network.Results(batch.Inputs(network), spans: batch.Spans));
    }

    public void Dispose()
    {
        foreach (var value in Values.Values) value.Dispose();
    }
}
