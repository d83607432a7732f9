using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>What all operations have.</summary>
/// <param name="Name">Of the node, or of its output where the node has none.</param>
/// <param name="Operator">As ONNX calls it, such as Conv.</param>
/// <param name="Inputs">Values that flow in: inputs of the graph, outputs of earlier operations or constants.</param>
public sealed record OperationHead(string Name, string Operator, ImmutableArray<ImportedValue> Inputs, ImportedValue Output);

/// <summary>
/// One operation of an imported network. What works on operations is an <see cref="IImportedVisitor{T}"/>, so that a new kind does not
/// compile before each says what it does with it.
/// </summary>
public abstract record ImportedOperation(OperationHead Head)
{
    public string Name => Head.Name;

    public ImmutableArray<ImportedValue> Inputs => Head.Inputs;

    public ImportedValue Output => Head.Output;

    /// <summary>Multiply-accumulate operations of a run; 0 for what is no matrix product.</summary>
    public virtual long MultiplyAccumulates => 0;

    internal abstract T Accept<T>(IImportedVisitor<T> visitor);
}
