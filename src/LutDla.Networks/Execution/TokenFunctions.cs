using LutDla.Networks.Data;
using LutDla.Networks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>What a network of tokens computes besides products and attention, in floating point with gradients.</summary>
internal static class TokenFunctions
{
    /// <param name="gain">[channels].</param>
    /// <param name="bias">[channels], or null: 0.</param>
    /// <param name="channelDimension">Of <paramref name="values"/>.</param>
    public static Tensor Normalise(Tensor values, Tensor gain, Tensor? bias, bool isCentred, double epsilon, int channelDimension)
    {
        using Scalar added = epsilon;
        var centred = isCentred ? values.sub(values.mean([channelDimension], keepdim: true)) : values;
        var unit = centred * centred.square().mean([channelDimension], keepdim: true).add(added, HeldScalars.One).rsqrt();
        long[] shape = [.. values.shape.Select((side, dimension) => dimension == channelDimension ? side : 1L)];
        var result = unit * gain.reshape(shape);
        return bias is null ? result : result.add(bias.reshape(shape), HeldScalars.One);
    }

    /// <summary>SiLU(gate · scale) / scale · values.</summary>
    public static Tensor GatedProduct(Tensor gate, Tensor values, double scale)
    {
        using Scalar unit = scale;
        return gate * (gate * unit).sigmoid() * values;
    }

    /// <summary>GELU(values · scale) / scale.</summary>
    public static Tensor Gelu(Tensor values, double scale)
    {
        using Scalar slope = 1.5957691216057308 * scale;
        using Scalar cube = 1.5957691216057308 * 0.044715 * scale * scale * scale;
        return values * (values * slope).add(values * values * values * cube, HeldScalars.One).sigmoid();
    }

    /// <summary>[sequences, ...] of [tokens, ...].</summary>
    public static Tensor Mean(Tensor tokens, TokenSpans spans) =>
        stack(spans.All.Select(span => tokens.narrow(0, span.Start, span.Length).mean([0])), 0);
}
