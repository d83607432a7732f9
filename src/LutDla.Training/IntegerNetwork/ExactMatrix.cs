using LutDla.Hardware;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>A layer that keeps its products, with whole weights: those it trains, rounded. The gradient passes the rounding.</summary>
/// <param name="rowsPerImage">Output pixels of one image.</param>
/// <param name="places">The shape of the weights, 1 where there may be one and 0 where there is none; null: everywhere.</param>
internal sealed class ExactMatrix(
    MatrixOperation op, int rowsPerImage, LayerFormat format, TensorScale input, TensorScale output, Tensor? places = null)
    : ConvertedMatrix(format, input, output, op.WeightShape)
{
    /// <summary>Single precision holds every whole number up to it.</summary>
    private const double ExactSingles = 1 << 24;

    public MatrixOperation Operation => op;

    /// <summary>Output pixels of one image.</summary>
    public int RowsPerImage => rowsPerImage;

    /// <summary>[2]: typical sizes after initialisation, of a weight and a result's sum: the units of learning rates.</summary>
    public Tensor Sizes { get; } = ones(2);

    /// <summary>How many weights there may be.</summary>
    public long WeightCount { get; } = places is null
        ? op.WeightShape.Aggregate(1L, (product, side) => product * side)
        : (long)places.sum().item<float>();

    public override IEnumerable<KeyValuePair<string, Tensor>> State
    {
        get
        {
            foreach (var pair in base.State) yield return pair;
            yield return new("sizes", Sizes);
            if (places is not null) yield return new("places", places);
        }
    }

    public int WeightMaximum => (int)BitWidth.SignedMaximum(Format.WeightBits);

    /// <summary>The largest magnitude of an input.</summary>
    public double InputMagnitude => Math.Max(Math.Abs((double)Input.Minimum), Math.Abs((double)Input.Maximum));

    public override T Match<T>(Func<LutMatrix, T> lut, Func<ExactMatrix, T> exact) => exact(this);

    public override void Match(Action<LutMatrix> lut, Action<ExactMatrix> exact) => exact(this);

    /// <summary>The weights as the golden model has them. Beyond the limits there is no gradient.</summary>
    public Tensor IntegerWeight()
    {
        using Scalar minimum = BitWidth.SignedMinimum(Format.WeightBits);
        using Scalar maximum = BitWidth.SignedMaximum(Format.WeightBits);
        var limited = Weight.clamp(minimum, maximum);
        if (places is not null) limited = limited.mul(places);
        return Gradients.Straight(limited, limited.round());
    }

    /// <summary>Result codes [count, height, width, out] of codes [count, height, width, in].</summary>
    public Tensor Forward(Tensor images)
    {
        var weight = IntegerWeight();
        return SinglesHold(weight) ? RescaleFunction.apply(Sums(images, weight), Bias, Slopes(), Output) : ForwardWide(images, weight);
    }

    /// <summary>
    /// The sums, without the bias, of integer weights. Exact in single precision where that holds them; in double precision always.
    /// </summary>
    public Tensor Sums(Tensor images, Tensor integerWeight)
    {
        var window = op.Window;
        return nn.functional.conv2d(
            images.permute(0, 3, 1, 2), integerWeight, null, [window.StrideHeight, window.StrideWidth],
            [window.PaddingHeight, window.PaddingWidth], groups: op.Groups).permute(0, 2, 3, 1).contiguous();
    }

    private Tensor ForwardWide(Tensor images, Tensor weight)
    {
        var sums = Sums(images.to_type(ScalarType.Float64), weight.to_type(ScalarType.Float64));
        var bias = Gradients.Straight(Bias, Bias.round());
        using Scalar minimum = (double)Output.Minimum;
        using Scalar maximum = (double)Output.Maximum;
        var scaled = (sums.add(bias, HeldScalars.One) * tensor(Slopes())).clamp(minimum, maximum);
        using Scalar half = 0.5;
        return Gradients.Straight(scaled, scaled.sign() * scaled.abs().add(half).floor()).to_type(ScalarType.Float32);
    }

    private bool SinglesHold(Tensor integerWeight)
    {
        using var noGradient = no_grad();
        using Scalar magnitude = InputMagnitude;
        var largest = integerWeight.abs().to_type(ScalarType.Float64).sum([1, 2, 3]).mul(magnitude)
            .add(Bias.round().abs(), HeldScalars.One);
        return largest.max().item<double>() < ExactSingles;
    }
}
