using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LutDla.Boundary;
using LutDla.Networks.Onnx.Format;
using LutDla.Networks.Onnx.Operators;

namespace LutDla.Networks.Onnx;

/// <summary>
/// Walks the nodes of a model once, in their order: shapes, constants and operations become known. A node that cannot be imported is noted,
/// and what depends on it is left out, so that all faults are told at once.
/// </summary>
internal sealed class GraphImporter
{
    private readonly string _path;
    private readonly OnnxModel _model;
    private readonly ImmutableArray<string> _outputs;
    private readonly ImmutableArray<OnnxModelNode> _nodes;
    private readonly List<InputProblem> _problems = [];
    private readonly Dictionary<string, ImportedValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImportedConstant> _constants = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ImportedOperation>.Builder _operations = ImmutableArray.CreateBuilder<ImportedOperation>();

    /// <summary>Values that would be known but for a fault that is already noted.</summary>
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    private readonly HashSet<string> _used;
    private readonly HashSet<OnnxModelNode> _faulty = new(ReferenceEqualityComparer.Instance);
    private readonly ConstantFolding _folding;
    private readonly ImmutableArray<ImportedValue> _inputs;

    public GraphImporter(string path, OnnxModel model, OnnxImportOptions options)
    {
        (_path, _model) = (path, model);
        _outputs = options.Outputs.IsEmpty ? [.. model.Graph.Outputs.Select(output => output.Name)] : options.Outputs;
        _nodes = NeededNodes.Of(model.Graph, _outputs);
        if (_nodes.Length > OnnxLimits.Nodes)
        {
            throw new InvalidInputException(
                path, "nodes", $"{_nodes.Length}", $"The outputs may need at most {OnnxLimits.Nodes} nodes.",
                "Export a part of the model.");
        }

        _used = new HashSet<string>([.. _outputs, .. _nodes.SelectMany(node => node.Inputs)], StringComparer.Ordinal);
        foreach (var tensor in model.Graph.Initialisers) Define(tensor.Name, tensor.Value);
        _folding = new ConstantFolding(_constants.Values.Sum(constant => constant.ElementCount));
        _inputs = BindInputs(options);
    }

    /// <exception cref="InvalidInputException">Something is not supported.</exception>
    public ImportedGraph Import()
    {
        foreach (var node in _nodes) Import(node);
        foreach (var output in _outputs.Where(output => !IsKnown(output)))
            Problem(output, "missing", "No node makes this output.", "Name an output of the graph.");
        if (_outputs.IsEmpty)
            Problem("output", "missing", "The graph must have an output.", "Export the model again.");
        if (_problems.Count > 0)
            throw new InvalidInputException(_problems) { Remark = ConvertibleNodes.Remark(_model.Graph, _constants, _faulty) };
        return new ImportedGraph(
            _model.Graph.Name, _inputs, _outputs, _operations.ToImmutable(), _constants.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private ImmutableArray<ImportedValue> BindInputs(OnnxImportOptions options)
    {
        var inputs = ImmutableArray.CreateBuilder<ImportedValue>();
        foreach (var input in _model.Graph.Inputs.Where(input => !_constants.ContainsKey(input.Name)))
        {
            try
            {
                var value = InputBinding.Bind(input, options.Batch, options.RebindsBatch);
                inputs.Add(value);
                _values.Add(value.Name, value);
            }
            catch (OperatorException e)
            {
                Problem(input.Name, "input", e.Message, e.Mend ?? "Export the model with inputs of fixed size; the batch may be open.");
                _lost.Add(input.Name);
            }
            catch (ArgumentException)
            {
                Problem(input.Name, "input", "Two inputs have this name.", "Export the model again.");
            }
        }

        return inputs.ToImmutable();
    }

    private void Import(OnnxModelNode node)
    {
        var missing = node.Inputs.FirstOrDefault(input => input.Length > 0 && !IsKnown(input));
        if (missing is not null)
        {
            Fault(
                node, $"It needs {missing}, which nothing before it makes: the graph has a cycle, or its nodes are not in order.",
                "Sort the nodes, as onnx.checker asks for.");
            return;
        }

        if (node.Inputs.Any(_lost.Contains))
        {
            _lost.UnionWith(node.Outputs);
            return;
        }

        try
        {
            Add(Interpret(node));
            _lost.UnionWith(node.Outputs.Skip(1)); // no operator here has a second output that inference needs
        }
        catch (OperatorException e)
        {
            Fault(node, e.Message, e.Mend);
        }
        catch (OverflowException)
        {
            Fault(node, "One of its sizes is out of range.");
        }
        catch (ExternalException e)
        {
            Fault(node, $"It cannot be computed: {e.Message.Split('\n')[0]}");
        }
    }

    private ImportedOperation Interpret(OnnxModelNode node)
    {
        if (node.Domain is not ("" or "ai.onnx"))
            throw new OperatorException($"Operators of the domain {node.Domain} are not supported.");
        if (!OperatorTable.Knows(node.OperatorType))
            throw new OperatorException("The operator is not supported.");
        if (node.Outputs is not [{ Length: > 0 }, ..])
            throw new OperatorException("Its first output has no name.");
        if (node.Outputs.FirstOrDefault(output => output.Length > 0 && IsKnown(output)) is { } twice)
            throw new OperatorException($"Its output {twice} is made twice.");
        if (node.Outputs.Skip(1).FirstOrDefault(output => output.Length > 0 && _used.Contains(output)) is { } second)
            throw new OperatorException($"Its output {second} is used, and only the first output is supported.");
        return OperatorTable.Import(new NodeContext(node, _model.OperatorSet, _values, _constants));
    }

    private void Add(ImportedOperation operation)
    {
        if (_folding.Find(operation, _constants) is { } constant)
        {
            Define(operation.Output.Name, constant);
            return;
        }

        _values.Add(operation.Output.Name, operation.Output);
        _operations.Add(operation);
    }

    private void Define(string name, ImportedConstant constant)
    {
        _constants[name] = constant;
        _values[name] = new ImportedValue(name, constant.Shape, constant.IsInteger);
    }

    private bool IsKnown(string value) => _values.ContainsKey(value) || _lost.Contains(value);

    private void Fault(OnnxModelNode node, string reason, string? mend = null)
    {
        Problem(node.DisplayName, node.OperatorType, reason, mend ?? "Export the model without it; docs/importing.md lists what is supported.");
        _faulty.Add(node);
        _lost.UnionWith(node.Outputs);
    }

    private void Problem(string key, string value, string rule, string mend) =>
        _problems.Add(new InputProblem(_path, key, value, rule, mend));
}
