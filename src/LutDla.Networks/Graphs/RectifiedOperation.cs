using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>An operation whose result may be rectified.</summary>
public abstract record RectifiedOperation(string Name, ImmutableArray<string> Inputs, bool Relu) : FloatOperation(Name, Inputs)
{
    /// <summary>Of a rectified result: what is more becomes it. 6 for ReLU6.</summary>
    public float Ceiling { get; init; } = float.PositiveInfinity;
}
