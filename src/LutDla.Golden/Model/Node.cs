using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>
/// One operation of the graph. What works on nodes is an <see cref="INodeVisitor{T}"/>, so that a new kind does not compile before each
/// says what it does with it.
/// </summary>
/// <param name="Name">Unique within the network; [A-Za-z0-9_][A-Za-z0-9_.-]*, so that it can be a file name.</param>
/// <param name="Inputs">Names of earlier nodes or of the input.</param>
public abstract record Node(string Name, ImmutableArray<string> Inputs)
{
    internal abstract Arity Arity { get; }

    internal abstract NodeScope Scope { get; }

    public abstract T Accept<T>(INodeVisitor<T> visitor);
}

/// <summary>How many inputs a node takes.</summary>
internal readonly record struct Arity(int Least, int Most)
{
    public static implicit operator Arity(int count) => new(count, count);

    public override string ToString() => Least == Most ? $"{Least}" : $"{Least} to {Most}";
}

/// <summary>Which networks may have a node.</summary>
internal enum NodeScope
{
    Any,

    /// <summary>Its result depends on its input's rows and columns; sequences differ in them.</summary>
    Images,

    /// <summary>It computes with the tokens of a sequence, or as networks of tokens do.</summary>
    Tokens,
}
