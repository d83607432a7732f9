using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>
/// A network that is being made from an ONNX graph: its operations and tensors so far, and what has become of the graph's values.
/// </summary>
internal sealed class NetworkDraft
{
    private readonly ImportedGraph _graph;

    private readonly ILookup<string, ImportedOperation> _readers;

    private readonly LegalNames _names = new();

    private readonly List<FloatOperation> _operations = [];

    /// <summary>What the graph first makes of each channel of the input: x · gain + offset.</summary>
    private (float[] Gain, float[] Offset)? _scaling;

    public NetworkDraft(ImportedGraph graph)
    {
        _graph = graph;
        _readers = graph.Operations.SelectMany(op => op.Inputs.Select(input => (input.Name, op)))
            .ToLookup(pair => pair.Name, pair => pair.op, StringComparer.Ordinal);
    }

    public SortedDictionary<string, Tensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>What each value has become; null where that is lost to a fault.</summary>
    public Dictionary<string, DraftValue?> Values { get; } = new(StringComparer.Ordinal);

    public bool IsConstant(ImportedValue value) => _graph.Constants.ContainsKey(value.Name);

    public bool HasReaders(ImportedValue value) => _readers.Contains(value.Name);

    public IEnumerable<ImportedOperation> Readers(ImportedValue value) => _readers[value.Name];

    /// <summary>What a value has become that is no constant and not lost.</summary>
    public DraftValue this[ImportedValue value] =>
        Values[value.Name] ?? throw new InvalidOperationException($"{value.Name} was lost to a fault.");

    /// <summary>A constant in its shape, single precision.</summary>
    /// <exception cref="OperatorException">It holds integers, or what breaks <see cref="NumberRules"/>.</exception>
    public Tensor Constant(ImportedValue value)
    {
        var constant = _graph.Constants[value.Name];
        if (constant.IsInteger) throw new OperatorException("Its constant holds integers.");
        var singles = constant.Singles;
        return NumberRules.FindFault(singles) is >= 0 and var wrong
            ? throw new OperatorException($"Its constant {value.Name} is {singles[wrong]} at {wrong}. {NumberRules.Rule}")
            : tensor(singles.ToArray()).reshape([.. value.Shape]);
    }

    /// <summary>The values of a tensor that was computed from constants.</summary>
    /// <exception cref="OperatorException">One breaks <see cref="NumberRules"/>, such as what comes of a division by 0.</exception>
    public static float[] Numbers(Tensor values)
    {
        using var whole = values.contiguous();
        var numbers = whole.data<float>().ToArray();
        return NumberRules.FindFault(numbers) is >= 0 and var wrong
            ? throw new OperatorException($"Of its constants comes {numbers[wrong]} at {wrong}. {NumberRules.Rule}")
            : numbers;
    }

    /// <summary>Gives the network a tensor, in the place of the one of this name.</summary>
    /// <inheritdoc cref="Numbers" path="/exception"/>
    public void Set(string name, Tensor values)
    {
        Numbers(values);
        Tensors[name] = values;
    }

    /// <summary>Why LUTBoost does not take a product; null if it does.</summary>
    public string? FindFault(ImportedOperation product) => Convertibility.FindFault(_graph, product);

    /// <summary>Rows, columns and channels of a value.</summary>
    /// <exception cref="OperatorException">It is no image and no vector.</exception>
    public ImageShape Shape(ImportedValue value) => (this[value].Order, value.Shape) switch
    {
        (ElementOrder.ChannelsLast, [_, var height, var width, var channels]) => new((int)height, (int)width, (int)channels),
        (ElementOrder.ChannelsFirst, [_, var channels, var height, var width]) => new((int)height, (int)width, (int)channels),
        (ElementOrder.ChannelsFirst or ElementOrder.Flattened, [_, var channels]) => new(1, 1, (int)channels),
        _ => throw new OperatorException($"{Shapes.Text(value.Shape)} is neither an image nor a vector."),
    };

    /// <summary>A name for an operation, used by no other.</summary>
    public string NewName(ImportedOperation op) => _names.Next(op.Name);

    /// <summary>Adds an operation and returns its name.</summary>
    public string Append(FloatOperation operation)
    {
        _operations.Add(operation);
        return operation.Name;
    }

    /// <summary>The operation of that name; null for the input.</summary>
    public FloatOperation? Find(string name) => _operations.Find(made => made.Name == name);

    /// <summary>
    /// The operation that makes a value, if it can take in what follows: nothing else reads its result, under any of its names, and it does
    /// not rectify.
    /// </summary>
    public FloatOperation? FindChangeable(ImportedValue value)
    {
        var maker = this[value].Maker;
        var names = Values.Where(pair => pair.Value?.Maker == maker).Select(pair => pair.Key);
        return names.Any(name => _readers[name].Count() > 1 || _graph.Outputs.Contains(name))
            ? null
            : Find(maker) is { } operation and not RectifiedOperation { Relu: true } ? operation : null;
    }

    /// <summary>Whether a value is the input, which nothing else reads.</summary>
    public bool IsInputAlone(ImportedValue value) =>
        this[value].Maker == FloatGraph.InputName
            && Values.Where(pair => pair.Value?.Maker == FloatGraph.InputName).All(pair => _readers[pair.Key].Count() == 1);

    /// <summary>From now on the input means x · gain + offset, of each channel.</summary>
    public void ScaleInput(float[] gain, float[] offset)
    {
        var (oldGain, oldOffset) = _scaling ?? (Array.ConvertAll(gain, _ => 1f), new float[gain.Length]);
        _scaling = ([.. oldGain.Zip(gain, (a, b) => a * b)], [.. oldOffset.Zip(gain, (a, b) => a * b).Zip(offset, (a, b) => a + b)]);
    }

    /// <summary>
    /// What the network sees of a byte, if the graph takes <paramref name="given"/>; null if that breaks <see cref="NumberRules"/>.
    /// </summary>
    public PixelNormalisation? Normalisation(PixelNormalisation given)
    {
        var seen = _scaling is var (gain, offset) ? given with { Scaling = [.. gain.Zip(offset)] } : given;
        return NumberRules.FindFault(seen.Levels()) < 0 ? seen : null;
    }

    /// <summary>Puts an operation in the place of the one with its name.</summary>
    public void Replace(FloatOperation operation) => _operations[_operations.FindIndex(made => made.Name == operation.Name)] = operation;

    /// <summary>What the last operation needs, in order.</summary>
    public ImmutableArray<FloatOperation> OperationsFor(string last)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { last };
        foreach (var operation in Enumerable.Reverse(_operations).Where(operation => needed.Contains(operation.Name)))
            needed.UnionWith(operation.Inputs);
        return [.. _operations.Where(operation => needed.Contains(operation.Name))];
    }
}
