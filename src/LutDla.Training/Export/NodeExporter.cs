using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using static TorchSharp.torch;

namespace LutDla.Training.Export;

/// <summary>The node of an operation of a converted network.</summary>
internal sealed class NodeExporter(LutNetwork network) : IOperationVisitor<Node>
{
    public Node Visit(MatrixOperation op) => network.Matrices[op.Name].Match<Node>(
        lut => new LutNode(op.Name, op.Inputs, Layer(lut)), exact => new ExactNode(op.Name, op.Inputs, Layer(exact)));

    public Node Visit(PoolOperation op) =>
        new PoolNode(op.Name, op.Inputs, op.Kind, op.Window, op.Kind == PoolKind.Max ? null : Rescale(network.PoolFactor(op), op));

    public Node Visit(AddOperation op)
    {
        var (output, (a, b)) = (network.Scales[op.Name], network.AddFactors(op));
        return new AddNode(op.Name, op.Inputs, a.Multiplier, b.Multiplier, a.Shift, output.Minimum, output.Maximum);
    }

    public Node Visit(ChannelPadOperation op) => new ChannelPadNode(op.Name, op.Inputs, op.Before, op.After);

    public Node Visit(FlattenOperation op) => new FlattenNode(op.Name, op.Inputs);

    public Node Visit(ElementOperation op)
    {
        var table = network.Table(op);
        return new ElementNode(op.Name, op.Inputs, table.First, [.. table.Codes.Select(code => (short)code)]);
    }

    public Node Visit(ProductOperation op) => new ProductNode(op.Name, op.Inputs, Rescale(network.ProductFactor(op), op));

    public Node Visit(ConcatenationOperation op) =>
        new ConcatNode(op.Name, op.Inputs, [.. network.ConcatenationFactors(op).Select(factor => Rescale(factor, op))]);

    public Node Visit(NormOperation op) => network.TokenNodes.Norm(op);

    public Node Visit(AttentionOperation op) => new AttentionNode(op.Name, op.Inputs, network.TokenNodes.Attention(op));

    public Node Visit(GatedProductOperation op) => network.TokenNodes.GatedProduct(op);

    public Node Visit(GeluOperation op) => network.TokenNodes.Gelu(op);

    public Node Visit(TokenMeanOperation op) => network.TokenNodes.Mean(op);

    private TensorRescale Rescale(RescaleFactor factor, FloatOperation op)
    {
        var output = network.Scales[op.Name];
        return new(factor.Multiplier, factor.Shift, output.Minimum, output.Maximum);
    }

    private static ExactLayer Layer(ExactMatrix matrix)
    {
        using var noGradient = no_grad();
        using var scope = TorchSharp.torch.NewDisposeScope();
        return new ExactLayer
        {
            InputChannels = matrix.Operation.InputChannels,
            OutputChannels = matrix.Operation.OutputChannels,
            Groups = matrix.Operation.Groups,
            Window = matrix.Operation.Window,
            WeightBits = matrix.Format.WeightBits,
            Weights = [.. Integers(matrix.IntegerWeight()).Select(value => (short)value)],
            Bias = Integers(matrix.Bias.round()),
            Multiplier = Integers(matrix.Multiplier),
            Shift = Integers(matrix.Shift),
            OutputMinimum = matrix.Output.Minimum,
            OutputMaximum = matrix.Output.Maximum,
        };
    }

    private static LutLayer Layer(LutMatrix matrix)
    {
        using var noGradient = no_grad();
        using var scope = TorchSharp.torch.NewDisposeScope();
        var geometry = matrix.Geometry;
        var centroids = matrix.IntegerCentroids();
        return new LutLayer
        {
            InputChannels = geometry.InputChannels,
            OutputChannels = geometry.OutputChannels,
            Window = geometry.Window,
            VectorLength = geometry.VectorLength,
            CentroidCount = geometry.CentroidCount,
            Metric = matrix.Format.Metric,
            ActivationBits = matrix.Format.ActivationBits,
            TableBits = matrix.Format.TableBits,
            Codebooks = [.. Integers(centroids).Select(value => (short)value)],
            Tables = [.. Integers(matrix.IntegerTable(matrix.Table(centroids))).Select(value => (short)value)],
            Bias = Integers(matrix.Bias.round()),
            Multiplier = Integers(matrix.Multiplier),
            Shift = Integers(matrix.Shift),
            OutputMinimum = matrix.Output.Minimum,
            OutputMaximum = matrix.Output.Maximum,
        };
    }

    private static ImmutableArray<int> Integers(Tensor values) =>
        [.. values.detach().contiguous().data<float>().ToArray().Select(value => checked((int)value))];
}
