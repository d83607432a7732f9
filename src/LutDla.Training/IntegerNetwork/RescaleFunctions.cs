using LutDla.Networks.Execution;
using LutDla.Networks.Kernels;
using LutDla.Training.Formats;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>Bias, multiply, round, clamp of sums, with the gradient of the unrounded step between the clamps.</summary>
/// <remarks>Arguments: sums [..., out], bias [out] (rounded here), slopes as double[out], the output's <see cref="TensorScale"/>.</remarks>
internal sealed unsafe class RescaleFunction : autograd.SingleTensorFunction<RescaleFunction>
{
    public override string Name => nameof(RescaleFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (sums, bias, slopes, output) = ((Tensor)vars[0], (Tensor)vars[1], (double[])vars[2], (TensorScale)vars[3]);
        var results = empty_like(sums);
        using var integerBias = bias.detach().round();
        fixed (double* slope = slopes)
        {
            Rescaling.Channels(
                NativeValues.Floats(sums), NativeValues.Floats(integerBias), slope, NativeValues.Floats(results),
                (int)(sums.numel() / slopes.Length), slopes.Length, output.Minimum, output.Maximum);
        }

        ctx.save_for_backward([results]);
        ctx.save_data("slopes", slopes);
        ctx.save_data("output", output);
        ctx.save_data("movesBias", bias.requires_grad);
        return results;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (slopes, output) = ((double[])ctx.get_data("slopes"), (TensorScale)ctx.get_data("output"));
        var results = ctx.get_saved_variables()[0];
        var gradient = grad_output.contiguous();
        var sums = empty_like(results);
        var rows = (int)(results.numel() / slopes.Length);
        fixed (double* slope = slopes)
        {
            Rescaling.ChannelsGradient(
                NativeValues.Floats(results), NativeValues.Floats(gradient), slope, NativeValues.Floats(sums), rows, slopes.Length,
                output.Minimum, output.Maximum);
        }

        var bias = (bool)ctx.get_data("movesBias") ? sums.reshape(rows, slopes.Length).sum([0]) : null;
        return Gradients.Of(sums, bias, null, null);
    }
}

/// <summary>Residual addition with one rounding, with the gradient of the unrounded step between the clamps.</summary>
/// <remarks>Arguments: two tensors of one shape, their factors (over one shift), the output's <see cref="TensorScale"/>.</remarks>
internal sealed unsafe class AddFunction : autograd.SingleTensorFunction<AddFunction>
{
    public override string Name => nameof(AddFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (a, b, output) = ((Tensor)vars[0], (Tensor)vars[1], (TensorScale)vars[4]);
        var (slopeA, slopeB) = (((RescaleFactor)vars[2]).Ratio, ((RescaleFactor)vars[3]).Ratio);
        var results = empty_like(a);
        Rescaling.Sum(
            NativeValues.Floats(a), NativeValues.Floats(b), slopeA, slopeB, NativeValues.Floats(results), (int)a.numel(), output.Minimum,
            output.Maximum);
        ctx.save_for_backward([results]);
        ctx.save_data("slopeA", slopeA);
        ctx.save_data("slopeB", slopeB);
        ctx.save_data("output", output);
        return results;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var output = (TensorScale)ctx.get_data("output");
        var results = ctx.get_saved_variables()[0];
        var gradient = grad_output.contiguous();
        var (a, b) = (empty_like(results), empty_like(results));
        Rescaling.SumGradient(
            NativeValues.Floats(results), NativeValues.Floats(gradient), (float)(double)ctx.get_data("slopeA"),
            (float)(double)ctx.get_data("slopeB"),
            NativeValues.Floats(a), NativeValues.Floats(b), (int)results.numel(), output.Minimum, output.Maximum);
        return Gradients.Of(a, b, null, null, null);
    }
}
