using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>
/// Channels of zeros before and after those of the input: with subsampling, a shortcut without weights (option A of He et al., 2015).
/// </summary>
public sealed record ChannelPadOperation(string Name, ImmutableArray<string> Inputs, int Before, int After)
    : FloatOperation(Name, Inputs)
{
    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters => [];

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
