using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>
/// Translates an imported graph into a <see cref="FloatGraph"/>, operation by operation. What cannot be translated is noted, and what
/// depends on it is left out, so that all faults are told at once.
/// </summary>
internal sealed class GraphTranslation
{
    private const string Mend = "docs/importing.md lists what LUTBoost takes.";

    private readonly List<InputProblem> _problems = [];

    private readonly string _path;

    private readonly ImportedGraph _graph;

    private readonly NetworkDraft _draft;

    private readonly OperationTranslation _translation;

    public GraphTranslation(string path, ImportedGraph graph)
    {
        (_path, _graph, _draft) = (path, graph, new NetworkDraft(graph));
        _translation = new OperationTranslation(_draft);
        Input = ReadInput();
    }

    /// <summary>The shape of the images that the network takes; null where it takes something else.</summary>
    public ImageShape? Input { get; }

    /// <exception cref="InvalidInputException">Something cannot be translated.</exception>
    public FloatNetwork Build(ImmutableArray<float> mean, ImmutableArray<float> deviation)
    {
        CheckSize();
        using var scope = NewDisposeScope();
        var (height, width, channels) = Input ?? new(1, 1, 1);
        _problems.AddRange(PixelNormalisation.Problems(_path, mean, deviation, channels));
        foreach (var operation in _graph.Operations) Translate(operation);
        var (last, classes) = Scores();
        var operations = _draft.OperationsFor(last);
        if (_problems.Count == 0 && !operations.Any(op => op is MatrixOperation))
            Problem("layers", "none", "It has no convolution and no linear layer: there is nothing to convert.");
        if (_problems.Count > 0) throw new InvalidInputException(_problems);
        if (_draft.Normalisation(PixelNormalisation.Given(_path, mean, deviation, channels)) is not { } normalisation)
        {
            throw new InvalidInputException(
                _path, "input", "scaled", $"What its first operations make of a pixel is out of range. {NumberRules.Rule}", Mend);
        }

        var network = new FloatGraph
        {
            Architecture = LegalNames.Legal(_graph.Name.Length == 0 ? "onnx" : _graph.Name), Height = height, Width = width,
            Channels = channels, Classes = Decision.ClassCount(classes), Operations = operations,
        };
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, _) in network.TensorShapes) tensors[name] = _draft.Tensors[name].DetachFromDisposeScope();
        return new FloatNetwork(network, normalisation, tensors);
    }

    // Before anything of a size that a few bytes ask for is made.
    private void CheckSize()
    {
        if (_graph.Operations.Length > NetworkLimits.Nodes)
        {
            throw new InvalidInputException(
                _path, "nodes", $"{_graph.Operations.Length}", $"A network that is converted has at most {NetworkLimits.Nodes}.", Mend);
        }

        var values = _graph.Inputs.Concat(_graph.Operations.Select(op => op.Output)).Sum(value => Shapes.ElementCount(value.Shape));
        if (values > NetworkLimits.RunValues)
        {
            throw new InvalidInputException(
                _path, "values of a run", $"{values}", $"All results together must be at most {NetworkLimits.RunValues} values.",
                "Export the network for smaller images.");
        }
    }

    private ImageShape? ReadInput()
    {
        if (_graph.Inputs is [{ IsInteger: false, Shape: [1, _, _, _] or [1, _] } image])
        {
            // As Keras has it: then a transposition is the first that reads it.
            var isLast = image.Shape.Length == 4 && _draft.HasReaders(image)
                && _draft.Readers(image).All(op => op is TransposeOperation { Permutation: [0, 3, 1, 2] });
            _draft.Values[image.Name] = new(FloatGraph.InputName, isLast ? ElementOrder.ChannelsLast : ElementOrder.ChannelsFirst);
            return _draft.Shape(image);
        }

        Problem(
            "input", string.Join(", ", _graph.Inputs.Select(input => $"{input.Name} {Shapes.Text(input.Shape)}")),
            "There must be one: an image, batch, channels, rows, columns (or with channels last, where a Transpose moves them first), " +
            "or a vector, batch, numbers.");
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
        if (output is { Shape: [1, _] or [1, _, 1, 1] } && _draft.Find(value.Maker) is { } last
            && value.Order == ElementOrder.ChannelsFirst)
            return (last.Name, (int)output.Shape[1]);
        Problem(
            "output", $"{name} {Shapes.Text(output?.Shape ?? [])}",
            "It must be the scores of the classes, batch, classes, and an operation must make it.");
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
            _draft.Values[operation.Output.Name] = operation.Accept(_translation);
        }
        catch (OperatorException e)
        {
            Problem(operation.Name, operation.Head.Operator, e.Message);
            _draft.Values[operation.Output.Name] = null;
        }
    }

    private void Problem(string key, string value, string rule) => _problems.Add(new InputProblem(_path, key, value, rule, Mend));
}
