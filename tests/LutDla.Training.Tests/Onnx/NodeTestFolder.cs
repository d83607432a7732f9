using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Networks.Onnx;
using LutDla.Networks.Onnx.Evaluation;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Training.Tests.Onnx;

/// <summary>One test of the ONNX project's own: a model, inputs, and the outputs that they must give.</summary>
internal sealed class NodeTestFolder(string folder)
{
    private const string Root = "/usr/share/libonnx-testdata/data";

    private string ModelPath => Path.Combine(folder, "model.onnx");

    public string Name => Path.GetFileName(folder);

    public static bool AreThere => Directory.Exists(Root);

    /// <summary>Tests of single operators, of layers as PyTorch exports them, and of small models.</summary>
    public static IEnumerable<NodeTestFolder> All() =>
        from kind in new[] { "node", "pytorch-converted", "pytorch-operator", "simple" }
        from path in Directory.EnumerateDirectories(Path.Combine(Root, kind)).Order(StringComparer.Ordinal)
        select new NodeTestFolder(path);

    /// <summary>
    /// The model as it is in the file, or null if it holds what is not read at all. Versions before the first that is imported are called
    /// that version: the expected output shows whether the operator has changed since.
    /// </summary>
    public OnnxModel? FindModel()
    {
        try
        {
            var model = OnnxReader.Read(ModelPath);
            // The package writes their values as integers of 16 bits.
            if (model.Graph.Inputs.Any(input => input.ElementType == OnnxElementType.BFloat16)) return null;
            return model with { OperatorSet = Math.Max(model.OperatorSet, OnnxImport.FirstOperatorSet) };
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    /// <summary>
    /// Runs the model: the largest difference from the expected first output. Node tests give everything as an input, also shapes and axes,
    /// which an import must know: if it asks for that, all inputs but the first become constants, and then the first too.
    /// </summary>
    /// <exception cref="InvalidInputException">The model is refused.</exception>
    public float Difference(OnnxModel model)
    {
        try
        {
            return Difference(model, model.Graph.Inputs.Length);
        }
        catch (InvalidInputException e) when (e.Message.Contains("must be a constant", StringComparison.Ordinal))
        {
            return Difference(model, e.Message.Contains("ConstantOfShape", StringComparison.Ordinal) ? 0 : 1);
        }
    }

    private float Difference(OnnxModel model, int liveInputs)
    {
        var known = model.Graph.Inputs.Skip(liveInputs)
            .Select((input, i) => new OnnxTensor(input.Name, OnnxElementType.Single, Read("input", liveInputs + i)));
        var bound = model with { Graph = model.Graph with { Initialisers = [.. model.Graph.Initialisers, .. known] } };
        var graph = OnnxImport.Read(ModelPath, bound, new OnnxImportOptions { Outputs = [model.Graph.Outputs[0].Name] });
        ImmutableArray<string> given = [.. model.Graph.Inputs.Select(input => input.Name)];
        var inputs = graph.Inputs.ToDictionary(input => input.Name, input => Read("input", given.IndexOf(input.Name)));
        using var evaluator = new GraphEvaluator(graph);
        return Values.Difference(Read("output", 0), evaluator.Run(inputs)[0]);
    }

    private ImportedConstant Read(string kind, int number)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, "test_data_set_0", $"{kind}_{number}.pb"));
        return new TensorReader(folder).Read(new MessageReader(bytes)).Value;
    }
}
