using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Format;

/// <summary>What an ONNX file says, in the parts that an import needs; nothing is interpreted yet.</summary>
/// <param name="OperatorSet">The version of the standard operators (domain ai.onnx) that the nodes are meant in.</param>
internal sealed record OnnxModel(long OperatorSet, OnnxModelGraph Graph);

/// <param name="Nodes">In file order.</param>
/// <param name="Initialisers">Constants by name.</param>
/// <param name="Inputs">May repeat initialisers, as old files do.</param>
internal sealed record OnnxModelGraph(
    string Name,
    ImmutableArray<OnnxModelNode> Nodes,
    ImmutableArray<OnnxTensor> Initialisers,
    ImmutableArray<OnnxValueInfo> Inputs,
    ImmutableArray<OnnxValueInfo> Outputs);

/// <summary>One operator.</summary>
/// <param name="Name">May be empty and need not be unique.</param>
/// <param name="Domain">Empty or ai.onnx for the standard operators.</param>
/// <param name="Inputs">Names of values; an empty name is an optional input left out.</param>
/// <param name="Outputs">Names of values; an empty name is an optional output left out.</param>
internal sealed record OnnxModelNode(
    string Name,
    string OperatorType,
    string Domain,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableArray<OnnxModelAttribute> Attributes)
{
    /// <summary>The name, or that of the first named output; for messages.</summary>
    public string DisplayName => Outputs.Prepend(Name).FirstOrDefault(name => name.Length > 0, "(no name)");
}

/// <summary>One attribute of a node. Which of the members holds the value is said by <paramref name="Kind"/>.</summary>
/// <param name="Integers">One for a single integer.</param>
/// <param name="Singles">One for a single number.</param>
internal sealed record OnnxModelAttribute(
    string Name, OnnxAttributeKind Kind, ImmutableArray<long> Integers, ImmutableArray<float> Singles, string Text, OnnxTensor? Tensor);

/// <summary>The numbers of attribute types in ONNX. Others, graphs above all, are not read.</summary>
internal enum OnnxAttributeKind
{
    Undefined = 0,
    Single = 1,
    Integer = 2,
    Text = 3,
    Tensor = 4,
    Graph = 5,
    Singles = 6,
    Integers = 7,
}

/// <summary>An input or output of the graph.</summary>
/// <param name="ElementType">Null if it is no tensor.</param>
/// <param name="Dimensions">Default if the file gives no shape.</param>
internal sealed record OnnxValueInfo(string Name, OnnxElementType? ElementType, ImmutableArray<OnnxDimension> Dimensions);

/// <summary>One side of a tensor: a number, a name that stands for a number, or neither.</summary>
internal readonly record struct OnnxDimension(long? Value, string Name);

/// <summary>A constant, decoded.</summary>
/// <param name="ElementType">As the file stores it.</param>
internal sealed record OnnxTensor(string Name, OnnxElementType ElementType, ImportedConstant Value);
