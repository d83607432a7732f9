using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using static TorchSharp.torch;

namespace LutDla.Training.FineTuning;

/// <summary>
/// The float network as training asks it. For images with 8 significant bits, which are more than tables can learn and take half of the
/// time.
/// </summary>
internal sealed class Teacher : IDisposable
{
    private readonly FloatNetwork _network;

    private readonly ScalarType _precision;

    public Teacher(FloatNetwork source)
    {
        _precision = source.Graph.Tokens is null ? ScalarType.BFloat16 : ScalarType.Float32;
        _network = source.InPrecision(_precision);
    }

    /// <summary>The input and the results of all operations, [count, channels, height, width], by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Results(ExampleBatch batch)
    {
        using var noGradient = no_grad();
        return _network.Results(batch.Inputs(_network).to(_precision), spans: batch.Spans);
    }

    public void Dispose() => _network.Dispose();
}
