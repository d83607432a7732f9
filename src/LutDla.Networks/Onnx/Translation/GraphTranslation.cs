using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>
/// Translates an imported graph into a <see cref="FloatGraph"/>, operation by operation. What cannot be translated is noted, and what depends on it is
/// left out, so that all faults are told at once.
/// </summary>
internal sealed class GraphTranslation
{
    private const string Mend = "docs/onnx.md lists what LUTBoost takes.";

    private readonly List<InputProblem> _problems = [];

    private readonly string _path;

    private readonly ImportedGraph _graph;

    private readonly NetworkDraft _draft;

    public GraphTranslation(string path, ImportedGraph graph)
    {
        (_path, _graph, _draft) = (path, graph, new NetworkDraft(graph));
        Input = ReadInput();
    }

    /// <summary>The shape of the images that the network takes; null where it takes something else.</summary>
    public ImageShape? Input { get; }

    /// <exception cref="InvalidInputException">Something cannot be translated.</exception>
    public FloatNetwork Build(ImmutableArray<float> mean, ImmutableArray<float> deviation)
    {
        using var scope = NewDisposeScope();
        var (height, width, channels) = Input ?? new(1, 1, 1);
        _problems.AddRange(PixelNormalisation.Problems(_path, mean, deviation, channels));
        foreach (var operation in _graph.Operations) Translate(operation);
        var (last, classes) = Scores();
        var operations = _draft.Needed(last);
        if (_problems.Count == 0 && !operations.Any(op => op is MatrixOperation))
            Problem("layers", "none", "It has no convolution and no linear layer: there is nothing to convert.");
        if (_problems.Count > 0) throw new InvalidInputException(_problems);
        var network = new FloatGraph
        {
            Architecture = LegalNames.Legal(_graph.Name.Length == 0 ? "onnx" : _graph.Name), Height = height, Width = width,
            Channels = channels, Classes = Decision.ClassCount(classes), Operations = operations,
        };
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, _) in network.TensorShapes) tensors[name] = _draft.Tensors[name].DetachFromDisposeScope();
        return new FloatNetwork(network, _draft.Normalisation(PixelNormalisation.Given(_path, mean, deviation, channels)), tensors);
    }

    private ImageShape? ReadInput()
    {
        if (_graph.Inputs is [{ IsInteger: false, Shape: [1, _, _, _] or [1, _] } image])
        {
            // As Keras has it: then a transposition is the first that reads it.
            var isLast = image.Shape.Length == 4 && _draft.HasReaders(image) && _draft.Readers(image).All(op => op is TransposeOperation { Permutation: [0, 3, 1, 2] });
            _draft.Values[image.Name] = new(FloatGraph.InputName, isLast ? ElementOrder.ChannelsLast : ElementOrder.ChannelsFirst);
            return _draft.Shape(image);
        }

        Problem(
            "input", string.Join(", ", _graph.Inputs.Select(input => $"{input.Name} {Shapes.Text(input.Shape)}")),
            "There must be one: an image, batch, channels, rows, columns (or with channels last, where a Transpose moves them first), or a vector, batch, numbers.");
        foreach (var input in _graph.Inputs) _draft.Values[input.Name] = null;
        return null;
    }

    private (string Last, int Classes) Scores()
    {
        if (_graph.Outputs is not [var name] || !_draft.Values.TryGetValue(name, out var value))
        {
            Problem("output", string.Join(", ", _graph.Outputs), "There must be one, the scores of the classes.");
            return ("", 1);
        }

        if (value is null) return ("", 1);
        var output = _graph.Operations.Select(op => op.Output).FirstOrDefault(made => made.Name == name);
        if (output is { Shape: [1, _] or [1, _, 1, 1] } && _draft.Find(value.Maker) is { } last && value.Order == ElementOrder.ChannelsFirst)
            return (last.Name, (int)output.Shape[1]);
        Problem("output", $"{name} {Shapes.Text(output?.Shape ?? [])}", "It must be the scores of the classes, batch, classes, and an operation must make it.");
        return ("", 1);
    }

    private void Translate(ImportedOperation operation)
    {
        var data = operation.Inputs.Where(input => !_draft.IsConstant(input)).ToList();
        if (data.Exists(input => _draft.Values[input.Name] is null))
        {
            _draft.Values[operation.Output.Name] = null;
            return;
        }

        try
        {
            _draft.Values[operation.Output.Name] = Value(operation);
        }
        catch (OperatorException e)
        {
            Problem(operation.Name, operation.Head.Operator, e.Message);
            _draft.Values[operation.Output.Name] = null;
        }
    }

    private DraftValue Value(ImportedOperation operation) => operation switch
    {
        UnaryOperation { Kind: UnaryKind.Identity or UnaryKind.ToSingle } op => _draft[op.Inputs[0]],
        UnaryOperation { Kind: UnaryKind.ToInteger } => throw new OperatorException("LUTBoost has no whole numbers."),
        UnaryOperation { Kind: UnaryKind.Relu } op => ElementTranslation.Rectify(_draft, op, float.PositiveInfinity),
        ClipOperation { Minimum: 0, Maximum: > 0 } op => ElementTranslation.Rectify(_draft, op, op.Maximum),
        UnaryOperation { Kind: UnaryKind.Sigmoid } op when ProbabilityTranslation.IsEnd(_draft, op.Output) => _draft[op.Inputs[0]],
        UnaryOperation or ClipOperation or LeakyReluOperation => ElementTranslation.Function(_draft, operation),
        BinaryOperation op => ElementTranslation.Binary(_draft, op),
        TransposeOperation op => WindowTranslation.Transpose(_draft, op),
        ReshapeOperation op => WindowTranslation.Reshape(_draft, op),
        ReduceMeanOperation op => WindowTranslation.Mean(_draft, op),
        ConcatOperation op => WindowTranslation.Concatenate(_draft, op),
        SoftmaxOperation op when ProbabilityTranslation.IsEnd(_draft, op.Output) => ProbabilityTranslation.Softmax(_draft, op),
        SoftmaxOperation => throw new OperatorException("LUTBoost takes it at the end of a network only."),
        _ when Reads(operation, ElementOrder.ChannelsLast) => throw new OperatorException("The channels of its image must come first."),
        _ when Reads(operation, ElementOrder.Flattened) && operation is not (GemmOperation or MatMulOperation) =>
            throw new OperatorException("A flattened image can only be read by a linear layer, and by functions of its elements."),
        BatchNormOperation op => MatrixTranslation.Normalisation(_draft, op),
        ConvolutionOperation op => MatrixTranslation.Convolution(_draft, op),
        GemmOperation op => MatrixTranslation.Linear(_draft, op),
        MatMulOperation op => MatrixTranslation.Linear(_draft, op),
        MaxPoolOperation op => WindowTranslation.Maximum(_draft, op),
        AveragePoolOperation op => WindowTranslation.Average(_draft, op),
        _ => throw new OperatorException("LUTBoost has no such operation."),
    };

    private bool Reads(ImportedOperation operation, ElementOrder order) =>
        operation.Inputs.Any(input => !_draft.IsConstant(input) && _draft[input].Order == order);

    private void Problem(string key, string value, string rule) => _problems.Add(new InputProblem(_path, key, value, rule, Mend));
}
