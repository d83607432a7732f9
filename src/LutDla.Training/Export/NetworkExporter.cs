using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using static TorchSharp.torch;

namespace LutDla.Training.Export;

/// <summary>Writes a converted network down as integers: what the golden model computes and the hardware must equal.</summary>
internal static class NetworkExporter
{
    public static QuantizedNetwork Export(LutNetwork network, string name, ImmutableSortedDictionary<string, string> provenance) => new()
    {
        Name = name,
        Input = new InputQuantizer
        {
            Height = network.Graph.Height, Width = network.Graph.Tokens?.Positions ?? network.Graph.Width, Channels = network.Graph.Channels,
            ActivationBits = network.Scales[FloatGraph.InputName].Bits, Vocabulary = network.Graph.Tokens?.Vocabulary,
            Bytes = network.Graph.Tokens is null ? network.Source.Normalisation.Bytes : null,
            Codes = [.. network.InputCodes().Select(code => (short)code)],
        },
        Nodes = [.. network.Graph.Operations.Select(op => Node(network, op))],
        // Of a class, only the largest is asked for.
        ResultScale = network.Graph.Tokens is null ? null : network.LogitScale,
        Provenance = provenance,
    };

    private static Node Node(LutNetwork network, FloatOperation operation)
    {
        var output = network.Scales[operation.Name];
        switch (operation)
        {
            case MatrixOperation op:
                return Product(op, network.Matrices[op.Name]);
            case PoolOperation { Kind: PoolKind.Max } op:
                return new PoolNode(op.Name, op.Inputs, PoolKind.Max, op.Window, Rescale: null);
            case PoolOperation op:
                return new PoolNode(op.Name, op.Inputs, op.Kind, op.Window, Rescale(network.PoolFactor(op), output));
            case AddOperation op:
                var (a, b) = network.AddFactors(op);
                return new AddNode(op.Name, op.Inputs, a.Multiplier, b.Multiplier, a.Shift, output.Minimum, output.Maximum);
            case ChannelPadOperation op:
                return new ChannelPadNode(op.Name, op.Inputs, op.Before, op.After);
            case FlattenOperation op:
                return new FlattenNode(op.Name, op.Inputs);
            case ElementOperation op:
                return new ElementNode(op.Name, op.Inputs, network.Table(op).First, [.. network.Table(op).Codes.Select(code => (short)code)]);
            case ProductOperation op:
                return new ProductNode(op.Name, op.Inputs, Rescale(network.ProductFactor(op), output));
            case ConcatenationOperation op:
                return new ConcatNode(op.Name, op.Inputs, [.. network.ConcatenationFactors(op).Select(factor => Rescale(factor, output))]);
            default:
                return network.TokenNode(operation);
        }
    }

    private static TensorRescale Rescale(RescaleFactor factor, TensorScale output) =>
        new(factor.Multiplier, factor.Shift, output.Minimum, output.Maximum);

    private static Node Product(MatrixOperation op, ConvertedMatrix matrix) => matrix switch
    {
        LutMatrix lut => new LutNode(op.Name, op.Inputs, Layer(lut)),
        ExactMatrix exact => new ExactNode(op.Name, op.Inputs, Layer(exact)),
        _ => throw LutNetwork.UnknownMatrix(op.Name, matrix),
    };

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
