using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Training.Networks;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>
/// The integer format of every activation tensor of a network. Tensors that a LUT layer searches have the activation bits. Tensors that only an
/// addition reads, and the logits, have more: an addition's inputs carry its result's scale, divided by a power of two.
/// </summary>
internal static class ScalePlan
{
    private const int SampleValues = 50_000;

    private const double LogitHeadroom = 1.25;

    /// <param name="network">Without normalisation.</param>
    /// <param name="values">The float results of all operations, by name, on some images.</param>
    public static IReadOnlyDictionary<string, TensorScale> Of(
        FloatNetwork network, IReadOnlyDictionary<string, Tensor> values, QuantisationOptions options)
    {
        var graph = network.Graph;
        var scales = new Dictionary<string, TensorScale> { [FloatGraph.InputName] = Input(network, options.ActivationBits) };
        var consumers = graph.Operations.SelectMany(op => op.Inputs.Select(name => (name, op))).ToLookup(pair => pair.name, pair => pair.op);
        // Additions come first: their inputs follow from them.
        foreach (var op in graph.Operations.OfType<AddOperation>())
            scales[op.Name] = TensorScale.Fit(Sample(values[op.Name]), options.ActivationBits, op.Relu);
        foreach (var op in graph.Operations.Where(op => !scales.ContainsKey(op.Name)))
            scales[op.Name] = Scale(op, [.. consumers[op.Name]], scales, values[op.Name], options);
        return scales;
    }

    private static TensorScale Scale(
        FloatOperation op, FloatOperation[] consumers, Dictionary<string, TensorScale> scales, Tensor values, QuantisationOptions options)
    {
        var rectified = op is MatrixOperation { Relu: true };
        var (minimum, maximum) = (BitWidth.SignedMinimum(options.WideBits), BitWidth.SignedMaximum(options.WideBits));
        return op switch
        {
            PoolOperation { Kind: PoolKind.Max } or FlattenOperation or ChannelPadOperation => scales[op.Inputs[0]],
            PoolOperation => TensorScale.Fit(Sample(values), options.ActivationBits, scales[op.Inputs[0]].Minimum >= 0),
            _ when consumers.Length == 0 => Wide(values.abs().max().item<float>() * LogitHeadroom / maximum),
            _ when consumers.All(consumer => consumer is AddOperation) => Wide(Math.ScaleB(scales[consumers[0].Name].Scale, -options.FractionBits)),
            // A ceiling needs no code here: none stands for more than the largest value that there was.
            _ => TensorScale.Fit(Sample(values), options.ActivationBits, rectified),
        };

        TensorScale Wide(double scale)
        {
            var ceiling = op is MatrixOperation { Relu: true } matrix ? Math.Round(matrix.Ceiling / scale) : double.PositiveInfinity;
            return new(scale, rectified ? 0 : (int)minimum, (int)Math.Min(maximum, ceiling));
        }
    }

    private static TensorScale Input(FloatNetwork network, int bits)
    {
        var extremes = network.Normalisation.Mean.SelectMany((_, k) => new[] { network.Normalisation.Apply(0, k), network.Normalisation.Apply(255, k) });
        return new(extremes.Max(Math.Abs) / BitWidth.SignedMaximum(bits), (int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits));
    }

    private static float[] Sample(Tensor values)
    {
        using var flat = values.flatten();
        using var sample = flat.slice(0, 0, flat.shape[0], Math.Max(1, flat.shape[0] / SampleValues)).contiguous();
        return sample.data<float>().ToArray();
    }
}
