using LutDla.Networks.Execution;
using LutDla.Networks.Kernels;
using LutDla.Training.Formats;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>Sums to codes: normalised by the batch, rounded, clamped, with the gradient of the unrounded step between the clamps.</summary>
/// <remarks>
/// Arguments: sums [..., out], gain [out], offset [out], <see cref="LiveNormalisation"/> (takes the batch's statistics), the output's
/// <see cref="TensorScale"/>.
/// </remarks>
internal sealed unsafe class NormalisationFunction : autograd.SingleTensorFunction<NormalisationFunction>
{
    private const string BatchKey = "batch";

    private const string OutputKey = "output";

    public override string Name => nameof(NormalisationFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (sums, normalisation, output) = ((Tensor)vars[0], (LiveNormalisation)vars[3], (TensorScale)vars[4]);
        var channels = (int)sums.shape[^1];
        var rows = (int)(sums.numel() / channels);
        var statistics = normalisation.Measure(sums, rows);
        var norms = normalisation.Norms(statistics);
        var results = empty_like(sums);
        BatchNormalisation.Apply(
            NativeValues.Floats(sums), norms, NativeValues.Floats(results), rows, channels, output.Minimum, output.Maximum);
        ctx.save_for_backward([sums]);
        ctx.save_data(BatchKey, new Batch(statistics, norms));
        ctx.save_data(OutputKey, output);
        return results;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (batch, output) = ((Batch)ctx.get_data(BatchKey), (TensorScale)ctx.get_data(OutputKey));
        var (sums, gradient) = (ctx.get_saved_variables()[0], grad_output.contiguous());
        var channels = batch.Norms.Factor.Length;
        var rows = (int)(sums.numel() / channels);
        var totals = BatchNormalisation.GradientTotals(
            NativeValues.Floats(sums), NativeValues.Floats(gradient), batch.Norms, rows, channels, output.Minimum, output.Maximum);
        var (gains, offsets) = (new float[channels], new float[channels]);
        var (constants, slopes) = (new float[channels], new float[channels]);
        for (var n = 0; n < channels; n++)
        {
            var (total, products, factor) = (totals[n], totals[channels + n], (double)batch.Norms.Factor[n]);
            var deviation = batch.Statistics.Deviation(n);
            (gains[n], offsets[n]) = ((float)(products / deviation), (float)total);
            (constants[n], slopes[n]) = ((float)(factor * total / rows), (float)(factor * products / rows / (deviation * deviation)));
        }

        var results = empty_like(sums);
        BatchNormalisation.Gradient(
            NativeValues.Floats(sums), NativeValues.Floats(gradient), batch.Norms, constants, slopes, NativeValues.Floats(results), rows,
            channels, output.Minimum, output.Maximum);
        return Gradients.Of(results, tensor(gains), tensor(offsets), null, null);
    }

    private sealed record Batch(BatchStatistics Statistics, ChannelNorms Norms);
}
