using System.Collections.Immutable;

namespace LutDla.Networks.Graphs;

/// <summary>
/// Normalisation of each token over its channels: by the root mean square (RMSNorm), or, centred, by mean and variance (LayerNorm).
/// Tensors: <c>name.weight</c> [channels]; if <paramref name="IsCentred"/> also <c>name.bias</c> [channels].
/// </summary>
/// <param name="Epsilon">Added to the mean square, or to the variance.</param>
public sealed record NormOperation(string Name, ImmutableArray<string> Inputs, int Channels, bool IsCentred, double Epsilon)
    : FloatOperation(Name, Inputs)
{
    public string Weight => $"{Name}.weight";

    public string Bias => $"{Name}.bias";

    internal override (int Height, int Width) Sides((int Height, int Width) input) => input;

    internal override IEnumerable<FloatParameter> Parameters
    {
        get
        {
            yield return new(Weight, [Channels], Value: 1);
            if (IsCentred) yield return new(Bias, [Channels]);
        }
    }

    internal override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit(this);
}
