using LutDla.Golden.Model;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>The codes that one operation of a network in conversion makes.</summary>
/// <param name="pass">As <see cref="LutNetwork.Results"/> has it.</param>
internal sealed class IntegerStep(LutNetwork network, IntegerTokens tokens, Tensor[] inputs, TrainingPass? pass, TokenSpans? spans)
    : IOperationVisitor<Tensor>
{
    // Whether codes must be the golden model's.
    private bool IsExact => pass is null;

    public Tensor Visit(MatrixOperation op) =>
        network.Matrices[op.Name].Match(lut => Lookup(op, lut, inputs[0]), exact => exact.Forward(inputs[0]));

    public Tensor Visit(PoolOperation op)
    {
        var (w, images) = (op.Window, inputs[0].permute(0, 3, 1, 2));
        long[] kernel = [w.Height, w.Width], stride = [w.StrideHeight, w.StrideWidth], padding = [w.PaddingHeight, w.PaddingWidth];
        if (op.Kind == PoolKind.Max)
            return nn.functional.max_pool2d(images, kernel, stride, padding).permute(0, 2, 3, 1).contiguous();
        var sums = nn.functional.avg_pool2d(images, kernel, stride, padding, divisor_override: 1).permute(0, 2, 3, 1).contiguous();
        return Rescale(sums, network.PoolFactor(op).Ratio, Output(op));
    }

    public Tensor Visit(AddOperation op)
    {
        var (a, b) = network.AddFactors(op);
        return AddFunction.apply(inputs[0], inputs[1], a, b, Output(op));
    }

    public Tensor Visit(ChannelPadOperation op) => nn.functional.pad(inputs[0], [op.Before, op.After]);

    public Tensor Visit(FlattenOperation op) => inputs[0].reshape(inputs[0].shape[0], 1, 1, -1);

    public Tensor Visit(ElementOperation op) => network.Table(op).Apply(inputs[0]);

    public Tensor Visit(ProductOperation op) => Rescale(inputs[0] * inputs[1], network.ProductFactor(op).Ratio, Output(op));

    public Tensor Visit(ConcatenationOperation op) =>
        cat([.. inputs.Zip(network.ConcatenationFactors(op), (input, factor) => Rescale(input, factor.Ratio, Output(op)))], 3);

    public Tensor Visit(NormOperation op) => tokens.Norm(op, inputs[0], IsExact);

    public Tensor Visit(AttentionOperation op) => tokens.Attention(op, inputs, FloatNetwork.Spans(op, spans), IsExact);

    public Tensor Visit(GatedProductOperation op) => tokens.GatedProduct(op, inputs[0], inputs[1], IsExact);

    public Tensor Visit(GeluOperation op) => tokens.Gelu(op, inputs[0], IsExact);

    public Tensor Visit(TokenMeanOperation op) => tokens.Mean(op, inputs[0], FloatNetwork.Spans(op, spans));

    private TensorScale Output(FloatOperation op) => network.Scales[op.Name];

    private Tensor Lookup(MatrixOperation op, LutMatrix matrix, Tensor images)
    {
        var centroids = matrix.IntegerCentroids();
        var call = new LutCall(matrix, NeedsInputGradient: op.Inputs[0] != FloatGraph.InputName, pass?.SoftTemperature ?? 0);
        var sums = LutFunction.apply(images, matrix.Table(centroids), centroids, matrix.Weight, matrix.LogTemperature, call);
        pass?.Visit(matrix, images, sums, call.Indices);
        return pass is { NormalisesBatches: true } && matrix.CanNormalise
            ? matrix.Normalisation.Apply(sums, matrix.Output)
            : RescaleFunction.apply(sums, matrix.Bias, matrix.Slopes(), matrix.Output);
    }

    // One factor for all channels.
    private static Tensor Rescale(Tensor values, double ratio, TensorScale output)
    {
        var channels = (int)values.shape[3];
        var slopes = new double[channels];
        Array.Fill(slopes, ratio);
        return RescaleFunction.apply(values, zeros(channels), slopes, output);
    }
}
