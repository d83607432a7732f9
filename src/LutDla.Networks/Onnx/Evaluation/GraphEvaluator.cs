using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Evaluation;

/// <summary>Runs an imported network in libtorch, in single precision: the reference for what a conversion keeps.</summary>
internal sealed class GraphEvaluator : IDisposable
{
    private readonly ImportedGraph _graph;
    private readonly Dictionary<string, Tensor> _constants;

    public GraphEvaluator(ImportedGraph graph)
    {
        _graph = graph;
        _constants = graph.Constants.ToDictionary(pair => pair.Key, pair => pair.Value.ToTensor(), StringComparer.Ordinal);
    }

    /// <summary>The outputs of the graph, in its order.</summary>
    /// <param name="inputs">By name, of the shapes that the graph says.</param>
    /// <exception cref="ArgumentException">An input is missing or of another shape or type.</exception>
    public ImmutableArray<ImportedConstant> Run(IReadOnlyDictionary<string, ImportedConstant> inputs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>(_constants, StringComparer.Ordinal);
        foreach (var input in _graph.Inputs) values[input.Name] = Given(input, inputs);
        foreach (var operation in _graph.Operations)
            values[operation.Output.Name] = OperationEvaluator.Apply(operation, [.. operation.Inputs.Select(input => values[input.Name])]);
        return [.. _graph.Outputs.Select(output => values[output].ToConstant())];
    }

    public void Dispose()
    {
        foreach (var constant in _constants.Values) constant.Dispose();
    }

    private static Tensor Given(ImportedValue input, IReadOnlyDictionary<string, ImportedConstant> inputs)
    {
        if (!inputs.TryGetValue(input.Name, out var value))
            throw new ArgumentException($"The input {input.Name} is missing.", nameof(inputs));
        return value.IsInteger == input.IsInteger && value.Shape.SequenceEqual(input.Shape)
            ? value.ToTensor()
            : throw new ArgumentException(
                $"The input {input.Name} is {Shapes.Text(value.Shape)} and must be {Shapes.Text(input.Shape)}.", nameof(inputs));
    }
}
