using LutDla.Hardware;
using LutDla.Training.Formats;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// A convolution or linear layer while it is converted. Its tensors are in the integers' own units: activation codes and steps of the sums.
/// </summary>
internal abstract class ConvertedMatrix : IDisposable
{
    /// <param name="weight">The shape of the weights, [out, in / groups, height, width].</param>
    protected ConvertedMatrix(LayerFormat format, TensorScale input, TensorScale output, long[] weight)
    {
        (Format, Input, Output) = (format, input, output);
        Weight = zeros(weight);
        Bias = zeros(weight[0]);
        Multiplier = zeros(weight[0]);
        Shift = zeros(weight[0]);
    }

    public LayerFormat Format { get; }

    /// <summary>What the codes of the input mean.</summary>
    public TensorScale Input { get; }

    public TensorScale Output { get; }

    /// <summary>[out, in / groups, height, width], steps of the sums per activation code.</summary>
    public Tensor Weight { get; }

    /// <summary>[out], steps of the sums.</summary>
    public Tensor Bias { get; }

    /// <summary>[out], whole numbers.</summary>
    public Tensor Multiplier { get; }

    /// <summary>[out], whole numbers.</summary>
    public Tensor Shift { get; }

    /// <summary>All tensors by name, for checkpoints.</summary>
    public virtual IEnumerable<KeyValuePair<string, Tensor>> State =>
        [new("weight", Weight), new("bias", Bias), new("multiplier", Multiplier), new("shift", Shift)];

    /// <summary>What is done with it, by what it becomes: a new kind does not compile before every caller says it.</summary>
    public abstract T Match<T>(Func<LutMatrix, T> lut, Func<ExactMatrix, T> exact);

    /// <inheritdoc cref="Match{T}"/>
    public abstract void Match(Action<LutMatrix> lut, Action<ExactMatrix> exact);

    /// <summary>Multiplier / 2^shift of each channel, exact.</summary>
    public double[] Slopes()
    {
        var (multipliers, shifts) = (Multiplier.data<float>(), Shift.data<float>());
        var slopes = new double[Bias.numel()];
        for (var n = 0; n < slopes.Length; n++) slopes[n] = Math.ScaleB(multipliers[n], -(int)shifts[n]);
        return slopes;
    }

    /// <summary>Sets multipliers and shifts, as near as 16 bits allow.</summary>
    /// <param name="slopes">[out], codes of the output a step of the sums, 0 or more.</param>
    public void SetSlopes(double[] slopes)
    {
        for (var n = 0; n < slopes.Length; n++)
        {
            // A step of more codes than that is for a result that is hardly ever other than 0: any sum but 0 is clamped either way.
            var factor = RescaleFactor.From(Math.Min(slopes[n], RescaleFormat.MaximumMultiplier));
            (Multiplier[n], Shift[n]) = ((float)factor.Multiplier, (float)factor.Shift);
        }
    }

    /// <summary>Sets weights, bias, multipliers and shifts.</summary>
    /// <param name="weight">Real units of the result per activation code.</param>
    /// <param name="bias">Real units.</param>
    /// <param name="wanted">The step of each channel's sums, in real units; 0 where any will do.</param>
    /// <returns>[out]: the steps, as near to those wanted as multipliers allow.</returns>
    public Tensor SetSteps(Tensor weight, Tensor bias, double[] wanted)
    {
        SetSlopes(Array.ConvertAll(wanted, step => (step > 0 ? step : Output.Scale) / Output.Scale));
        var step = tensor(Array.ConvertAll(Slopes(), slope => (float)(slope * Output.Scale)));
        Weight.copy_(weight / step.reshape(-1, 1, 1, 1));
        Bias.copy_(bias / step);
        return step;
    }

    /// <summary>The typical size of some values, in which learning rates are counted.</summary>
    public static Tensor Size(Tensor values) => values.square().mean().sqrt() + 1e-6;

    public void Dispose()
    {
        foreach (var (_, tensor) in State) tensor.Dispose();
    }
}
