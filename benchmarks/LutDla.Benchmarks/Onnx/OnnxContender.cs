using Microsoft.ML.OnnxRuntime;

namespace LutDla.Benchmarks.Onnx;

/// <summary>
/// A graph in ONNX Runtime, all optimisations on, with its batches prepared: what is timed is runs of the session on memory that stays, and
/// neither the normalisation of pixels nor an allocation.
/// </summary>
internal sealed class OnnxContender : IContender, IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputName;
    private readonly string[] _outputName;
    private readonly float[] _logits;
    private readonly List<(OrtValue[] Input, OrtValue[] Output)> _batches = [];

    /// <param name="images">Normalised, [count, channels, height, width].</param>
    /// <param name="batchImages">The last batch may be smaller.</param>
    public OnnxContender(string name, OnnxGraph graph, float[] images, int classes, int batchImages, int threads)
    {
        (Name, BatchImages) = (name, batchImages);
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
        };
        _session = new InferenceSession(OnnxWriter.Write(graph), options);
        (_inputName, _outputName) = ([graph.Input.Name], [graph.Outputs[0]]);
        var imageLength = graph.Input.Channels * graph.Input.Height * graph.Input.Width;
        var count = images.Length / imageLength;
        _logits = new float[count * classes];
        for (var first = 0; first < count; first += batchImages)
        {
            var size = Math.Min(batchImages, count - first);
            var input = images.AsMemory(first * imageLength, size * imageLength);
            var output = _logits.AsMemory(first * classes, size * classes);
            _batches.Add((
                [Tensor(input, [size, graph.Input.Channels, graph.Input.Height, graph.Input.Width])], [Tensor(output, [size, classes])]));
        }
    }

    public string Name { get; }

    public int BatchImages { get; }

    public void Run()
    {
        foreach (var (input, output) in _batches)
            _session.Run(_options, _inputName, input, _outputName, output);
    }

    public int CountCorrect(ReadOnlySpan<byte> labels) => Classes.CountCorrect<float>(_logits, labels);

    public void Dispose()
    {
        foreach (var value in _batches.SelectMany(batch => batch.Input.Concat(batch.Output)))
            value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private static OrtValue Tensor(Memory<float> values, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
