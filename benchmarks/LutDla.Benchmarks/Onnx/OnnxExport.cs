using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;

namespace LutDla.Benchmarks.Onnx;

/// <summary>
/// Float networks as ONNX, as any framework would export them for inference: normalisation folded, the logits by Gemm. Knows the operations
/// of ResNet-8. A rectified value is called as its operation, what is rectified <c>name.sum</c>.
/// </summary>
internal sealed class OnnxExport
{
    private readonly FloatNetwork _network;
    private readonly OnnxGraphBuilder _graph = new();

    private OnnxExport(FloatNetwork folded) => _network = folded;

    /// <summary>The graph from normalised images to logits.</summary>
    /// <exception cref="NotSupportedException">An operation that ResNet-8 does not have.</exception>
    public static OnnxGraph Of(FloatNetwork network)
    {
        using var folded = NormFolding.Fold(network);
        return new OnnxExport(folded).Export();
    }

    private OnnxGraph Export()
    {
        var graph = _network.Graph;
        var last = graph.Operations[^1];
        foreach (var operation in graph.Operations)
        {
            if (operation is MatrixOperation matrix && operation == last)
                Linear(matrix);
            else
                Add(operation);
        }

        return _graph.Build(
            graph.Architecture, new OnnxInput(FloatGraph.InputName, graph.Channels, graph.Height, graph.Width), [last.Name]);
    }

    private void Add(FloatOperation operation)
    {
        switch (operation)
        {
            case MatrixOperation { Ceiling: < float.PositiveInfinity } or AddOperation { Ceiling: < float.PositiveInfinity }:
                throw new NotSupportedException($"{operation.Name}: a ceiling is not exported.");
            case MatrixOperation op:
                Convolution(op);
                break;
            case AddOperation op:
                Rectified("Add", op.Inputs, op.Name, op.Relu);
                break;
            // Networks average over whole images only.
            case PoolOperation { Kind: PoolKind.Average } op:
                _graph.Node("GlobalAveragePool", op.Inputs, op.Name);
                break;
            default:
                throw new NotSupportedException($"{operation.Name}: {operation.GetType().Name} is not exported.");
        }
    }

    private void Convolution(MatrixOperation op)
    {
        var w = op.Window;
        var weight = Initialiser(op.Weight, [op.OutputChannels, op.InputChannels / op.Groups, w.Height, w.Width]);
        var bias = Initialiser(op.Bias, [op.OutputChannels]);
        Rectified(
            "Conv", [op.Inputs[0], weight, bias], op.Name, op.Relu,
            OnnxAttribute.List("kernel_shape", w.Height, w.Width),
            OnnxAttribute.Integer("group", op.Groups),
            OnnxAttribute.List("strides", w.StrideHeight, w.StrideWidth),
            OnnxAttribute.List("pads", w.PaddingHeight, w.PaddingWidth, w.PaddingHeight, w.PaddingWidth));
    }

    private void Linear(MatrixOperation op)
    {
        var rows = _graph.Node("Flatten", op.Inputs, $"{op.Name}.input");
        var weight = Initialiser(op.Weight, [op.OutputChannels, op.InputChannels]);
        var bias = Initialiser(op.Bias, [op.OutputChannels]);
        Rectified("Gemm", [rows, weight, bias], op.Name, op.Relu, OnnxAttribute.Integer("transB", 1));
    }

    private void Rectified(
        string opType, ImmutableArray<string> inputs, string name, bool relu, params ImmutableArray<OnnxAttribute> attributes)
    {
        var result = _graph.Node(opType, inputs, relu ? $"{name}.sum" : name, attributes);
        if (relu)
            _graph.Node("Relu", [result], name);
    }

    private string Initialiser(string name, ImmutableArray<long> dimensions)
    {
        using var whole = _network.Tensors[name].contiguous();
        return _graph.Initialiser<float>(name, dimensions, whole.data<float>().ToArray());
    }
}
