using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace LutDla.Benchmarks.Onnx;

/// <summary>
/// A float graph in the QDQ form: QuantizeLinear and DequantizeLinear behind every activation that has a scale, and Conv and Gemm with
/// weights of int8 (symmetric, a scale for each output channel) and biases of int32. The form that ONNX Runtime fuses to integer operators.
/// </summary>
internal sealed class QdqRewrite
{
    private readonly OnnxGraph _source;
    private readonly IReadOnlyDictionary<string, ActivationScale> _scales;
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly OnnxGraphBuilder _graph = new();

    private QdqRewrite(OnnxGraph source, IReadOnlyDictionary<string, ActivationScale> scales)
    {
        (_source, _scales) = (source, scales);
        _constants = source.Initialisers.ToDictionary(tensor => tensor.Name);
    }

    public static OnnxGraph Of(OnnxGraph source, IReadOnlyDictionary<string, ActivationScale> scales) =>
        new QdqRewrite(source, scales).Rewrite();

    private OnnxGraph Rewrite()
    {
        Quantize(_source.Input.Name);
        foreach (var node in _source.Nodes)
        {
            _graph.Node(
                node.OpType, node.OpType is "Conv" or "Gemm" ? Matrix(node.Inputs) : Activations(node), node.Output, node.Attributes);
            if (_scales.ContainsKey(node.Output))
                Quantize(node.Output);
        }

        return _graph.Build(_source.Name, _source.Input, _source.Outputs);
    }

    private ImmutableArray<string> Activations(OnnxNode node) =>
        [.. node.Inputs.Select(name => _scales.ContainsKey(name) ? Dequantized(name) : name)];

    private ImmutableArray<string> Matrix(ImmutableArray<string> inputs)
    {
        var (weight, bias) = (_constants[inputs[1]], _constants[inputs[2]]);
        var weightScales = ChannelScales(weight);
        var biasScales = Array.ConvertAll(weightScales, scale => scale * _scales[inputs[0]].Scale);
        return
        [
            Dequantized(inputs[0]),
            Constant(weight, Rounded(weight, weightScales, Convert.ToSByte), weightScales),
            Constant(bias, Rounded(bias, biasScales, Convert.ToInt32), biasScales),
        ];
    }

    private void Quantize(string name)
    {
        var (scale, zeroPoint) = _scales[name];
        var scaleName = _graph.Initialiser($"{name}.scale", [], scale);
        var zeroName = _graph.Initialiser($"{name}.zero", [], zeroPoint);
        var bytes = _graph.Node("QuantizeLinear", [name, scaleName, zeroName], $"{name}.quantized");
        _graph.Node("DequantizeLinear", [bytes, scaleName, zeroName], Dequantized(name));
    }

    // ONNX Runtime leaves a Gemm in floating point if the zero points of its weights are not written out.
    private string Constant<T>(OnnxTensor tensor, T[] values, float[] scales)
        where T : unmanaged
    {
        var integers = _graph.Initialiser<T>($"{tensor.Name}.quantized", tensor.Dimensions, values);
        var scaleName = _graph.Initialiser<float>($"{tensor.Name}.scale", [scales.Length], scales);
        var zeroName = _graph.Initialiser<T>($"{tensor.Name}.zero", [scales.Length], new T[scales.Length]);
        return _graph.Node("DequantizeLinear", [integers, scaleName, zeroName], Dequantized(tensor.Name), OnnxAttribute.Integer("axis", 0));
    }

    private static float[] ChannelScales(OnnxTensor weight)
    {
        var scales = new float[weight.Dimensions[0]];
        var length = weight.Singles.Length / scales.Length;
        for (var channel = 0; channel < scales.Length; channel++)
        {
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude(weight.Singles.Slice(channel * length, length)));
            scales[channel] = Math.Max(largest, float.Epsilon) / sbyte.MaxValue;
        }

        return scales;
    }

    private static T[] Rounded<T>(OnnxTensor tensor, float[] scales, Func<float, T> round)
    {
        var values = tensor.Singles;
        var length = values.Length / scales.Length;
        var result = new T[values.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = round(values[i] / scales[i / length]);
        return result;
    }

    private static string Dequantized(string name) => $"{name}.dequantized";
}
