using System.Collections.Immutable;
using LutDla.Networks.Execution;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>One node while it is imported: its inputs with their shapes, and its attributes, of which none may stay unread.</summary>
internal sealed class NodeContext(
    OnnxModelNode node, long operatorSet, IReadOnlyDictionary<string, ImportedValue> values,
    IReadOnlyDictionary<string, ImportedConstant> constants)
{
    private readonly HashSet<string> _unread = [.. node.Attributes.Select(attribute => attribute.Name)];

    private readonly SortedSet<int> _unreadInputs =
        [.. node.Inputs.Index().Where(input => input.Item.Length > 0).Select(input => input.Index)];

    public string Operator => node.OperatorType;

    /// <summary>The version of the operators, 7 to 21.</summary>
    public long OperatorSet => operatorSet;

    public int InputCount => node.Inputs.Length;

    /// <summary>The attributes that the import has not looked at: to ignore them could mean to compute something else.</summary>
    public IEnumerable<string> UnreadAttributes => _unread.Order(StringComparer.Ordinal);

    /// <summary>The same of inputs, by their places.</summary>
    public IReadOnlySet<int> UnreadInputs => _unreadInputs;

    /// <summary>Whether an output is asked for, even if nothing reads it.</summary>
    public bool HasOutput(int output) => output < node.Outputs.Length && node.Outputs[output].Length > 0;

    /// <summary>Whether an optional input is given.</summary>
    public bool Has(int input)
    {
        _unreadInputs.Remove(input);
        return input < node.Inputs.Length && node.Inputs[input].Length > 0;
    }

    /// <exception cref="OperatorException">It is missing.</exception>
    public ImportedValue Input(int input) =>
        Has(input) ? values[node.Inputs[input]] : throw new OperatorException($"Its input {input} is missing.");

    /// <summary>An input with a shape of at least so many dimensions, in single precision.</summary>
    public ImportedValue Data(int input, int minimumRank = 0)
    {
        var value = Input(input);
        if (value.IsInteger)
            throw new OperatorException($"Its input {input} holds integers.");
        return value.Shape.Length >= minimumRank
            ? value
            : throw new OperatorException($"Its input {input} is {Shapes.Text(value.Shape)} and needs at least {minimumRank} dimensions.");
    }

    /// <summary>The value of an input that is known at import, or null.</summary>
    public ImportedConstant? FindConstant(int input) => Has(input) ? constants.GetValueOrDefault(node.Inputs[input]) : null;

    /// <exception cref="OperatorException">The input is missing or not known at import.</exception>
    public ImportedConstant Constant(int input, string what) => FindConstant(input)
        ?? throw new OperatorException($"Its {what} must be a constant, or follow from shapes alone.");

    /// <summary>A list of integers that is known at import.</summary>
    public ImmutableArray<long> IntegersOf(int input, string what)
    {
        var constant = Constant(input, what);
        return constant.IsInteger && constant.Shape.Length <= 1
            ? [.. constant.Integers]
            : throw new OperatorException($"Its {what} must be a list of integers.");
    }

    /// <summary>
    /// A list of integers that newer operator sets take from an input and older ones from an attribute of its name; null if there is
    /// neither.
    /// </summary>
    public ImmutableArray<long>? IntegersOf(string name, int input) =>
        Integers(name) ?? (Has(input) ? IntegersOf(input, name) : null);

    /// <summary>A number. Writers may leave out one that is 0, and then the attribute is all there is.</summary>
    public long? FindInteger(string name) => Find(name, OnnxAttributeKind.Integer) is { } given ? given.Integers.LastOrDefault() : null;

    public long Integer(string name, long missing) => FindInteger(name) ?? missing;

    public bool Flag(string name, bool missing = false) => Integer(name, missing ? 1 : 0) != 0;

    /// <inheritdoc cref="FindInteger"/>
    public float? FindSingle(string name) => Find(name, OnnxAttributeKind.Single) is { } given ? given.Singles.LastOrDefault() : null;

    /// <exception cref="OperatorException">It breaks <see cref="NumberRules"/>.</exception>
    public float Single(string name, float missing) => FindSingle(name) is not { } value
        ? missing
        : NumberRules.Holds(value) ? value : throw new OperatorException($"Its attribute {name} is {value}. {NumberRules.Rule}");

    public string Text(string name, string missing) => Find(name, OnnxAttributeKind.Text)?.Text ?? missing;

    public ImmutableArray<long>? Integers(string name) => Find(name, OnnxAttributeKind.Integers)?.Integers;

    public ImmutableArray<float>? Singles(string name) => Find(name, OnnxAttributeKind.Singles)?.Singles;

    public ImportedConstant? Tensor(string name) => Find(name, OnnxAttributeKind.Tensor)?.Tensor?.Value;

    /// <summary>Names attributes that mean nothing for inference.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) _unread.Remove(name);
    }

    /// <summary>Names an input that means nothing for inference.</summary>
    public void IgnoreInput(int input) => _unreadInputs.Remove(input);

    /// <summary>The head of an operation that takes the given inputs of the node.</summary>
    /// <exception cref="OperatorException">The shape is not possible or too large.</exception>
    public OperationHead Head(ImmutableArray<long> shape, params ReadOnlySpan<int> inputs)
    {
        var operands = ImmutableArray.CreateBuilder<ImportedValue>(inputs.Length);
        foreach (var input in inputs) operands.Add(Input(input));
        return Head(shape, operands.Count > 0 && operands[0].IsInteger, operands.MoveToImmutable());
    }

    /// <inheritdoc cref="Head(ImmutableArray{long}, ReadOnlySpan{int})"/>
    public OperationHead Head(ImmutableArray<long> shape, bool isInteger, ImmutableArray<ImportedValue> inputs)
    {
        Shapes.ElementCount(shape);
        var output = new ImportedValue(node.Outputs[0], shape, isInteger);
        return new OperationHead(node.DisplayName, node.OperatorType, inputs, output);
    }

    /// <summary>A result that is known at import.</summary>
    public ConstantOperation Known(ImportedConstant value) => new(Head(value.Shape, value.IsInteger, []), value);

    private OnnxModelAttribute? Find(string name, OnnxAttributeKind kind)
    {
        _unread.Remove(name);
        OnnxModelAttribute[] given = [.. node.Attributes.Where(attribute => attribute.Name == name)];
        return given switch
        {
            [] => null,
            [var attribute] when attribute.Kind == kind => attribute,
            [var attribute] => throw new OperatorException($"Its attribute {name} must be of type {kind} and is {attribute.Kind}."),
            _ => throw new OperatorException($"Its attribute {name} is given {given.Length} times."),
        };
    }
}
