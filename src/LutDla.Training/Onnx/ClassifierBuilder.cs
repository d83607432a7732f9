using System.Collections.Immutable;
using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Onnx;

/// <summary>
/// Translates an imported graph into a <see cref="FloatGraph"/>, operation by operation. What cannot be translated is noted, and what depends on it is
/// left out, so that all faults are told at once.
/// </summary>
internal sealed class ClassifierBuilder
{
    private const string Mend = "docs/onnx.md lists what LUTBoost takes.";

    private readonly string _path;
    private readonly ImportedGraph _graph;
    private readonly ILookup<string, ImportedOperation> _readers;
    private readonly List<InputProblem> _problems = [];
    private readonly List<FloatOperation> _operations = [];
    private readonly SortedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly LegalNames _names = new();

    /// <summary>For each value of the imported graph the operation that makes it; null where that is lost to a fault.</summary>
    private readonly Dictionary<string, string?> _makers = new(StringComparer.Ordinal);

    /// <summary>Values that are an image's elements in the order channel, row, column, where ours are in the order row, column, channel.</summary>
    private readonly Dictionary<string, (long Channels, long Pixels)> _flattened = new(StringComparer.Ordinal);

    public ClassifierBuilder(string path, ImportedGraph graph)
    {
        (_path, _graph) = (path, graph);
        _readers = graph.Operations.SelectMany(op => op.Inputs.Select(input => (input.Name, op))).ToLookup(pair => pair.Name, pair => pair.op, StringComparer.Ordinal);
    }

    /// <exception cref="InvalidInputException">Something cannot be translated.</exception>
    public FloatNetwork Build(ImmutableArray<float> mean, ImmutableArray<float> deviation)
    {
        using var scope = NewDisposeScope();
        var image = Image();
        _problems.AddRange(PixelNormalisation.Problems(_path, mean, deviation, image[1]));
        foreach (var operation in _graph.Operations) Translate(operation);
        var classes = Classes();
        if (_problems.Count > 0)
            throw new InvalidInputException(_problems);
        foreach (var tensor in _tensors.Values) tensor.DetachFromDisposeScope();
        var graph = new FloatGraph
        {
            Architecture = LegalNames.Legal(_graph.Name.Length == 0 ? "onnx" : _graph.Name), Channels = (int)image[1], Height = (int)image[2], Width = (int)image[3],
            Classes = classes, Operations = [.. _operations],
        };
        return new FloatNetwork(graph, PixelNormalisation.Given(_path, mean, deviation, graph.Channels), _tensors);
    }

    private ImmutableArray<long> Image()
    {
        if (_graph.Inputs is [{ IsInteger: false, Shape: [1, _, _, _] } image])
        {
            _makers[image.Name] = FloatGraph.InputName;
            return image.Shape;
        }

        Problem("input", string.Join(", ", _graph.Inputs.Select(input => $"{input.Name} {Shapes.Text(input.Shape)}")), "There must be one, an image: batch, channels, rows, columns.");
        foreach (var input in _graph.Inputs) _makers[input.Name] = null;
        return [1, 1, 1, 1];
    }

    private int Classes()
    {
        const string Rule = "There must be one, the scores of the classes, and the last operation must make it.";
        if (_graph.Outputs is not [var name] || !_makers.TryGetValue(name, out var maker))
            Problem("output", string.Join(", ", _graph.Outputs), Rule);
        else if (maker is not null && (_operations.Count == 0 || _operations[^1].Name != maker))
            Problem("output", name, Rule);
        else if (_operations.Count > 0 && _operations[^1] is MatrixOperation last)
            return last.OutputChannels;
        else if (maker is not null)
            Problem("output", name, "A convolution or a linear layer must make it.");
        return 1;
    }

    private void Translate(ImportedOperation operation)
    {
        var data = operation.Inputs.Where(input => !_graph.Constants.ContainsKey(input.Name)).ToList();
        if (data.Any(input => _makers[input.Name] is null))
        {
            _makers[operation.Output.Name] = null;
            return;
        }

        try
        {
            var maker = Maker(operation, [.. data.Select(input => _makers[input.Name]!)]);
            _makers[operation.Output.Name] = maker;
            if (maker == _makers[data[0].Name] && _flattened.TryGetValue(data[0].Name, out var image))
                _flattened[operation.Output.Name] = image;
        }
        catch (OperatorException e)
        {
            Problem(operation.Name, operation.Head.Operator, e.Message);
            _makers[operation.Output.Name] = null;
        }
    }

    private string Maker(ImportedOperation operation, ImmutableArray<string> inputs) => operation switch
    {
        ConvolutionOperation op => Convolution(op, inputs[0]),
        GemmOperation op => Linear(op, inputs[0], Factor(op), op.Inputs.Length > 2 ? Scaled(AddedBias(op.Inputs[2], op.Output.Shape), op.Beta) : null),
        MatMulOperation op => Linear(op, inputs[0], Factor(op), null),
        UnaryOperation { Kind: UnaryKind.Relu } => Rectify(inputs[0], float.PositiveInfinity),
        ClipOperation { Minimum: 0, Maximum: > 0 } op => Rectify(inputs[0], op.Maximum),
        UnaryOperation { Kind: UnaryKind.Identity } => inputs[0],
        SoftmaxOperation op when !_readers.Contains(op.Output.Name) => inputs[0],
        BinaryOperation { Kind: BinaryKind.Add } when inputs.Length == 1 => AddBias(operation, inputs[0]),
        BinaryOperation { Kind: BinaryKind.Add } op => Add(op, inputs),
        MaxPoolOperation op => Pool(op, inputs[0], PoolKind.Max, op.Window),
        AveragePoolOperation op when op.CountsPadding || op.Window.PadsBegin.All(pad => pad == 0) => Pool(op, inputs[0], PoolKind.Average, op.Window),
        AveragePoolOperation => throw new OperatorException("Averages that leave out the padding are not supported."),
        ReduceMeanOperation { Axes: [2, 3] } op when op.Inputs[0].Shape.Length == 4 => GlobalAverage(op, inputs[0]),
        ReshapeOperation op => Flatten(op, inputs[0]),
        _ => throw new OperatorException("LUTBoost has no such operation."),
    };

    private string Convolution(ConvolutionOperation op, string input)
    {
        if (Convertibility.FindFault(_graph, op) is { } fault)
            throw new OperatorException($"LUTBoost does not take it: {fault}.");
        var weights = Tensor(op.Inputs[1]);
        return Matrix(op, input, weights, op.Inputs.Length > 2 ? Tensor(op.Inputs[2]) : null, Window(op.Window), (int)op.Groups);
    }

    private string Linear(ImportedOperation op, string input, Tensor weights, Tensor? bias)
    {
        if (_flattened.TryGetValue(op.Inputs[0].Name, out var image))
            weights = weights.reshape(-1, image.Channels, image.Pixels).permute(0, 2, 1).reshape(weights.shape[0], -1);
        return Matrix(op, input, weights.unsqueeze(-1).unsqueeze(-1).contiguous(), bias, new Window { Height = 1, Width = 1 });
    }

    // [out, in].
    private Tensor Factor(ImportedOperation op)
    {
        if (Convertibility.FindFault(_graph, op) is { } fault)
            throw new OperatorException($"LUTBoost does not take it: {fault}.");
        if (op.Inputs[0].Shape is not [1, _])
            throw new OperatorException($"Its rows must be one an image, not {Shapes.Text(op.Inputs[0].Shape)}.");
        var factor = Tensor(op.Inputs[1]);
        return op is GemmOperation gemm ? Scaled(gemm.TransposesB ? factor : factor.t(), gemm.Alpha) : factor.t();
    }

    private string Matrix(ImportedOperation op, string input, Tensor weights, Tensor? bias, Window window, int groups = 1)
    {
        var name = _names.Next(op.Name);
        var matrix = new MatrixOperation(name, [input], (int)weights.shape[1] * groups, (int)weights.shape[0], window, Normalised: false, Relu: false) { Groups = groups };
        (_tensors[matrix.Weight], _tensors[matrix.Bias]) = (weights.contiguous(), bias?.contiguous() ?? zeros(weights.shape[0]));
        _operations.Add(matrix);
        return name;
    }

    private string AddBias(ImportedOperation op, string input)
    {
        var constant = op.Inputs.Single(value => _graph.Constants.ContainsKey(value.Name));
        var position = Changeable(input);
        if (_operations[position] is not MatrixOperation matrix)
            throw new OperatorException("A constant can be added only to a convolution or linear layer.");
        var old = _tensors[matrix.Bias];
        _tensors[matrix.Bias] = old + AddedBias(constant, op.Output.Shape);
        old.Dispose();
        return input;
    }

    private string Rectify(string input, float ceiling)
    {
        var position = Changeable(input);
        _operations[position] = _operations[position] switch
        {
            MatrixOperation matrix => matrix with { Relu = true, Ceiling = ceiling },
            AddOperation add => add with { Relu = true, Ceiling = ceiling },
            _ => throw new OperatorException("A rectification must follow a convolution, a linear layer or an addition."),
        };
        return input;
    }

    // An operation takes in what follows it if nothing else reads its result, under any of its names, and it does not rectify.
    private int Changeable(string input)
    {
        var position = _operations.FindIndex(made => made.Name == input);
        var names = _makers.Where(pair => pair.Value == input).Select(pair => pair.Key);
        if (position < 0 || names.Any(name => _readers[name].Count() > 1 || _graph.Outputs.Contains(name))
            || _operations[position] is MatrixOperation { Relu: true } or AddOperation { Relu: true })
        {
            throw new OperatorException("It cannot be joined with the operation before it.");
        }

        return position;
    }

    private string Add(BinaryOperation op, ImmutableArray<string> inputs)
    {
        if (!op.Inputs[0].Shape.SequenceEqual(op.Inputs[1].Shape) || op.Inputs.Any(input => _flattened.ContainsKey(input.Name)))
            throw new OperatorException("Only images of one shape can be added.");
        var name = _names.Next(op.Name);
        _operations.Add(new AddOperation(name, inputs, Relu: false));
        return name;
    }

    private string Pool(ImportedOperation op, string input, PoolKind kind, SlidingWindow window)
    {
        if (window.Rank != 2 || window.IsDilated || !window.IsPaddedEvenly)
            throw new OperatorException("Its window must have two dimensions, no gaps, and as much padding before as behind.");
        var shape = op.Inputs[0].Shape;
        var pooled = Window(window);
        if (pooled.OutputHeight((int)shape[2]) != op.Output.Shape[2] || pooled.OutputWidth((int)shape[3]) != op.Output.Shape[3])
            throw new OperatorException("Windows that reach past the image are not supported.");
        return Pool(op, input, kind, pooled);
    }

    private string GlobalAverage(ReduceMeanOperation op, string input) =>
        Pool(op, input, PoolKind.Average, new Window { Height = (int)op.Inputs[0].Shape[2], Width = (int)op.Inputs[0].Shape[3] });

    private string Pool(ImportedOperation op, string input, PoolKind kind, Window window)
    {
        var name = _names.Next(op.Name);
        _operations.Add(new PoolOperation(name, [input], kind, window));
        return name;
    }

    private string Flatten(ReshapeOperation op, string input)
    {
        var (from, to) = (op.Inputs[0].Shape, op.Output.Shape);
        if (to is not [1, _] and not [1, _, 1, 1])
            throw new OperatorException($"From {Shapes.Text(from)} to {Shapes.Text(to)}: only an image can be reshaped, to one row.");
        if (from.Length < 4 || from[2] * from[3] == 1)
            return input;

        _flattened[op.Output.Name] = (from[1], from[2] * from[3]);
        var name = _names.Next(op.Name);
        _operations.Add(new FlattenOperation(name, [input]));
        return name;
    }

    private static Window Window(SlidingWindow window) => new()
    {
        Height = (int)window.Kernel[0], Width = (int)window.Kernel[1], StrideHeight = (int)window.Strides[0], StrideWidth = (int)window.Strides[1],
        PaddingHeight = (int)window.PadsBegin[0], PaddingWidth = (int)window.PadsBegin[1],
    };

    private static Tensor Scaled(Tensor values, float factor)
    {
        using Scalar scalar = factor;
        return values * scalar;
    }

    private Tensor Tensor(ImportedValue value) => tensor(_graph.Constants[value.Name].Singles.ToArray()).reshape([.. value.Shape]);

    // A shape that stretches over all but the channels, which are dimension 1 of a result of rank 4 or 2.
    private Tensor AddedBias(ImportedValue value, ImmutableArray<long> result)
    {
        var count = Shapes.ElementCount(value.Shape);
        if (count == 1) return Tensor(value).reshape(1).expand(result[1]).contiguous();
        var axis = value.Shape.Length - (result.Length - 1);
        return axis >= 0 && count == result[1] && value.Shape[axis] == count
            ? Tensor(value).reshape(count)
            : throw new OperatorException($"Its bias must be one number a channel, not {Shapes.Text(value.Shape)}.");
    }

    private void Problem(string key, string value, string rule) => _problems.Add(new InputProblem(_path, key, value, rule, Mend));
}
