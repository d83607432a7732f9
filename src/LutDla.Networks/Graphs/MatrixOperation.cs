using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Networks.Graphs;

/// <summary>
/// A convolution; a linear layer is a 1 x 1 convolution of a 1 x 1 image. This is what LUTBoost replaces, if it has one group.
/// Tensors: <c>name.weight</c> [out, in / groups, height, width]; if <paramref name="Normalised"/> the four of batch normalisation,
/// <c>name.norm.{weight, bias, running_mean, running_var}</c> [out], else <c>name.bias</c> [out].
/// </summary>
/// <param name="Relu">Whether the result is rectified.</param>
public sealed record MatrixOperation(
    string Name, ImmutableArray<string> Inputs, int InputChannels, int OutputChannels, Window Window, bool Normalised, bool Relu)
    : RectifiedOperation(Name, Inputs, Relu)
{
    /// <summary>
    /// Groups of channels that follow each other; the outputs of a group see its inputs only. They divide both counts of channels.
    /// </summary>
    public int Groups { get; init; } = 1;

    /// <summary>Of which layer it is a part, if that has been split (<c>LayerSplits</c>).</summary>
    internal LayerPart? Part { get; init; }

    /// <summary>The layer that formats are asked for and costs are counted for: its own name, unless it is a part.</summary>
    internal string Layer => Part?.Layer ?? Name;

    internal long[] WeightShape => [OutputChannels, InputChannels / Groups, Window.Height, Window.Width];

    public string Weight => $"{Name}.weight";

    public string Bias => $"{Name}.bias";

    public string NormWeight => $"{Name}.norm.weight";

    public string NormBias => $"{Name}.norm.bias";

    public string NormMean => $"{Name}.norm.running_mean";

    public string NormVariance => $"{Name}.norm.running_var";

    internal override (int Height, int Width) Sides((int Height, int Width) input) =>
        (Window.OutputHeight(input.Height), Window.OutputWidth(input.Width));

    internal override IEnumerable<FloatParameter> Parameters
    {
        get
        {
            // He et al., "Delving deep into rectifiers", 2015.
            yield return new(Weight, WeightShape, Deviation: Math.Sqrt(2.0 / (InputChannels / Groups * Window.Area)));
            if (!Normalised)
            {
                yield return new(Bias, [OutputChannels]);
                yield break;
            }

            yield return new(NormWeight, [OutputChannels], Value: 1);
            yield return new(NormBias, [OutputChannels]);
            yield return new(NormMean, [OutputChannels]);
            yield return new(NormVariance, [OutputChannels], Value: 1);
        }
    }

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>A part of a split layer.</summary>
/// <param name="Layer">The layer's name, now that of the parts' sum.</param>
/// <param name="IsSparse">Whether it has the largest weights only, as exact products, and zeros elsewhere.</param>
internal sealed record LayerPart(string Layer, bool IsSparse);
