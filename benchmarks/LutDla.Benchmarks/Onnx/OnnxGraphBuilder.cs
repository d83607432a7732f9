using System.Collections.Immutable;

namespace LutDla.Benchmarks.Onnx;

/// <summary>Writes down a graph from input to output.</summary>
internal sealed class OnnxGraphBuilder
{
    private readonly ImmutableArray<OnnxNode>.Builder _nodes = ImmutableArray.CreateBuilder<OnnxNode>();
    private readonly ImmutableArray<OnnxTensor>.Builder _initialisers = ImmutableArray.CreateBuilder<OnnxTensor>();

    /// <returns>The name of the output.</returns>
    public string Node(string opType, ImmutableArray<string> inputs, string output, params ImmutableArray<OnnxAttribute> attributes)
    {
        _nodes.Add(new OnnxNode(opType, inputs, output, attributes));
        return output;
    }

    /// <returns>The name of the constant.</returns>
    public string Initialiser<T>(string name, ImmutableArray<long> dimensions, params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _initialisers.Add(OnnxTensor.Of(name, dimensions, values));
        return name;
    }

    public OnnxGraph Build(string name, OnnxInput input, ImmutableArray<string> outputs) =>
        new(name, input, outputs, _nodes.ToImmutable(), _initialisers.ToImmutable());
}
