using LutDla.Golden.Model;
using LutDla.Networks.Data;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>The result of one operation in floating point.</summary>
/// <param name="training">As <see cref="FloatNetwork.Forward"/> has it.</param>
internal sealed class FloatStep(FloatNetwork network, Tensor[] inputs, bool training, TokenSpans? spans) : IOperationVisitor<Tensor>
{
    public Tensor Visit(MatrixOperation op) => Rectify(network.Matrix(op, inputs[0], training), op);

    public Tensor Visit(PoolOperation op)
    {
        var w = op.Window;
        long[] kernel = [w.Height, w.Width], stride = [w.StrideHeight, w.StrideWidth], padding = [w.PaddingHeight, w.PaddingWidth];
        return op.Kind == PoolKind.Max
            ? nn.functional.max_pool2d(inputs[0], kernel, stride, padding)
            : nn.functional.avg_pool2d(inputs[0], kernel, stride, padding);
    }

    public Tensor Visit(AddOperation op) => Rectify(inputs[0].add(inputs[1], HeldScalars.One), op);

    public Tensor Visit(ChannelPadOperation op) => nn.functional.pad(inputs[0], [0, 0, 0, 0, op.Before, op.After]);

    // In the order of the integer network: row, column, channel.
    public Tensor Visit(FlattenOperation op) => inputs[0].permute(0, 2, 3, 1).flatten(1).unsqueeze(-1).unsqueeze(-1);

    public Tensor Visit(ElementOperation op) => op.Function.Of(inputs[0]);

    public Tensor Visit(ProductOperation op) => inputs[0] * inputs[1];

    public Tensor Visit(ConcatenationOperation op) => cat(inputs, 1);

    public Tensor Visit(NormOperation op) => TokenFunctions.Normalise(
        inputs[0], network.Tensors[op.Weight], op.IsCentred ? network.Tensors[op.Bias] : null, op.IsCentred, op.Epsilon,
        channelDimension: 1);

    public Tensor Visit(AttentionOperation op)
    {
        var known = FloatNetwork.Spans(op, spans);
        var rotation = RotaryPositions.Table(known.Lengths.Max(), op.HeadChannels, op.RotaryBase);
        return AttentionFunction.apply(
            inputs[0].contiguous(), inputs[1].contiguous(), inputs[2].contiguous(),
            new AttentionCall(op.Shape, known, rotation, op.Factor));
    }

    public Tensor Visit(GatedProductOperation op) => TokenFunctions.GatedProduct(inputs[0], inputs[1], 1);

    public Tensor Visit(GeluOperation op) => TokenFunctions.Gelu(inputs[0], 1);

    public Tensor Visit(TokenMeanOperation op) => TokenFunctions.Mean(inputs[0], FloatNetwork.Spans(op, spans));

    private static Tensor Rectify(Tensor tensor, RectifiedOperation op)
    {
        if (!op.Relu) return tensor;
        var rectified = nn.functional.relu(tensor);
        if (float.IsPositiveInfinity(op.Ceiling)) return rectified;
        using Scalar maximum = op.Ceiling;
        return rectified.clamp_max(maximum);
    }
}
