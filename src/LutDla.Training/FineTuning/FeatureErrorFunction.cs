using LutDla.Networks.Execution;
using LutDla.Networks.Kernels;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.FineTuning;

/// <summary>
/// Squared error of a tensor as a share of the wanted tensor's energy, so that all tensors count alike; with a gradient. One pass over both
/// forward, one back.
/// </summary>
/// <remarks>
/// Arguments: codes [count, height, width, channels], wanted [count, channels, height, width] of any precision, what one code means
/// (double).
/// </remarks>
internal sealed unsafe class FeatureErrorFunction : autograd.SingleTensorFunction<FeatureErrorFunction>
{
    /// <summary>Per element, in squared units of the wanted tensor: one of zeros has no share to speak of.</summary>
    private const double SmallestEnergy = 1e-12;

    public override string Name => nameof(FeatureErrorFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (codes, wanted, scale) = (((Tensor)vars[0]).contiguous(), Targets((Tensor)vars[1]), (float)(double)vars[2]);
        var values = NativeValues.Floats(codes);
        var count = codes.numel();
        if (wanted.numel() != count)
            throw new ArgumentException($"There are {wanted.numel()} wanted values for {count} codes.", nameof(vars));
        var (error, energy) = wanted.dtype == ScalarType.BFloat16
            ? FeatureErrors.Measure<ushort, BrainElement>(values, NativeValues.Brains(wanted), scale, count)
            : FeatureErrors.Measure<float, SingleElement>(values, NativeValues.Floats(wanted), scale, count);
        energy = Math.Max(energy, SmallestEnergy * count);
        ctx.save_for_backward([codes, wanted]);
        ctx.save_data("scale", scale);
        ctx.save_data("energy", energy);
        return tensor((float)(error / energy));
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (scale, energy) = ((float)ctx.get_data("scale"), (double)ctx.get_data("energy"));
        var (codes, wanted, results) = (saved[0], saved[1], empty_like(saved[0]));
        var values = NativeValues.Floats(codes);
        var gradient = NativeValues.Floats(results);
        var count = codes.numel();
        var factor = (float)(2 * grad_output.item<float>() * scale / energy);
        if (wanted.dtype == ScalarType.BFloat16)
            FeatureErrors.Gradient<ushort, BrainElement>(values, NativeValues.Brains(wanted), scale, factor, gradient, count);
        else
            FeatureErrors.Gradient<float, SingleElement>(values, NativeValues.Floats(wanted), scale, factor, gradient, count);
        return Gradients.Of(results, null, null);
    }

    // In the order of the codes; the float network's tensors mostly are.
    private static Tensor Targets(Tensor wanted)
    {
        var targets = wanted.detach().permute(0, 2, 3, 1).contiguous();
        return targets.dtype == ScalarType.BFloat16 ? targets : targets.to_type(ScalarType.Float32);
    }
}
