using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Networks.Data;

namespace LutDla.Benchmarks;

/// <summary>A converted network in the fast golden model.</summary>
internal sealed class GoldenContender(string name, QuantizedNetwork network, Dataset data, int threads) : IContender
{
    private readonly GoldenEngine _engine = new(network, threads);
    private readonly int[] _logits = new int[data.Count * data.Classes];

    public string Name => name;

    public int BatchImages => data.Count;

    public void Run() => _engine.Infer(data.Images, data.Count, _logits);

    public int CountCorrect(ReadOnlySpan<byte> labels) => Classes.CountCorrect<int>(_logits, labels);
}
