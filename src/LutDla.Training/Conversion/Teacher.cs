using LutDla.Training.Data;
using LutDla.Training.Networks;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>The float network as training asks it: with 8 significant bits, which are more than tables can learn and take half of the time.</summary>
internal sealed class Teacher(FloatNetwork source) : IDisposable
{
    private readonly FloatNetwork _network = source.InPrecision(ScalarType.BFloat16);

    /// <summary>The results of all operations, [count, channels, height, width], by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Values(ImageBatch batch)
    {
        using var noGradient = no_grad();
        return _network.Values(batch.Images(_network.Normalisation).to(ScalarType.BFloat16));
    }

    public void Dispose() => _network.Dispose();
}
