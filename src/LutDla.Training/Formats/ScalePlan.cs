using LutDla.Hardware;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Training.Formats;

/// <summary>
/// The integer format of every activation tensor of a network. Tensors that a LUT layer searches have the activation bits. Tensors that
/// only additions read, sums included, and the logits have more: an addition's inputs carry its result's scale, times a power of two. So
/// have those that only functions and products of values read, with a scale of their own. What only a concatenation reads has its result's
/// scale. In a network of tokens all tensors that no layer reads have 16 bits.
/// </summary>
internal static class ScalePlan
{
    private const int SampleValues = 50_000;

    private const double LogitHeadroom = 1.25;

    /// <summary>Of tensors of tokens that no layer searches: the host computes with them, so they cost nothing.</summary>
    internal const int TokenBits = 16;

    /// <param name="network">Without normalisation.</param>
    /// <param name="values">The float results of all operations, by name, on some images.</param>
    public static IReadOnlyDictionary<string, TensorScale> Of(
        FloatNetwork network, IReadOnlyDictionary<string, Tensor> values, QuantisationOptions options)
    {
        var graph = network.Graph;
        var consumers = graph.Operations.SelectMany(op => op.Inputs.Select(name => (name, op)))
            .ToLookup(pair => pair.name, pair => pair.op);
        if (graph.Tokens is not null) return OfTokens(graph, consumers, values, options);
        var scales = new Dictionary<string, TensorScale> { [FloatGraph.InputName] = Input(network, options.ActivationBits) };
        // Additions and concatenations come first, the last one before all: their inputs follow from them.
        foreach (var op in graph.Operations.Where(Joins).Reverse().Concat(graph.Operations.Where(op => !Joins(op))))
            scales[op.Name] = Scale(op, consumers, scales, values[op.Name], options);
        return scales;
    }

    private static Dictionary<string, TensorScale> OfTokens(
        FloatGraph graph, ILookup<string, FloatOperation> consumers, IReadOnlyDictionary<string, Tensor> values,
        QuantisationOptions options)
    {
        var names = graph.Operations.Select(op => op.Name).Prepend(FloatGraph.InputName);
        return names.ToDictionary(name => name, name => consumers[name].OfType<MatrixOperation>().Any()
            ? TensorScale.Fit(Sample(values[name]), options.ActivationBits, rectified: false)
            : Wide([values[name], .. Sums(name)], TokenBits));

        // A part of a layer may have to give what other parts lack.
        IEnumerable<Tensor> Sums(string name) =>
            consumers[name].OfType<AddOperation>().Where(addition => addition.AddsParts).Select(addition => values[addition.Name]);
    }

    // A tensor of zeros has some scale, too: a layer that makes it may still have to make good what others did wrong.
    private static float Largest(params Tensor[] tensors)
    {
        var largest = tensors.Max(values => values.abs().max().item<float>());
        return largest > 0 ? largest : 1;
    }

    private static TensorScale Wide(Tensor[] tensors, int bits) =>
        new(
            Largest(tensors) * LogitHeadroom / BitWidth.SignedMaximum(bits), (int)BitWidth.SignedMinimum(bits),
            (int)BitWidth.SignedMaximum(bits));

    private static TensorScale Scale(
        FloatOperation op, ILookup<string, FloatOperation> consumers, Dictionary<string, TensorScale> scales, Tensor values,
        QuantisationOptions options)
    {
        var role = ScaleRoles.Of(op);
        var (rectified, ceiling) = op is RectifiedOperation layer ? (layer.Relu, layer.Ceiling) : (false, float.PositiveInfinity);
        // Of what computes nothing negative by itself, a code for what never occurs would be wasted.
        var unsigned = rectified || ((role == ScaleRole.Computes || op is ConcatenationOperation) && values.min().item<float>() >= 0);
        var readers = consumers[op.Name].Distinct().ToList();
        var (minimum, maximum) = (BitWidth.SignedMinimum(options.WideBits), BitWidth.SignedMaximum(options.WideBits));
        return ResultUses.Of(op, consumers) switch
        {
            ResultUse.PassedOn => scales[op.Inputs[0]],
            ResultUse.Scores => Wide(Largest(values) * LogitHeadroom / maximum),
            ResultUse.Mean => TensorScale.Fit(Sample(values), options.ActivationBits, scales[op.Inputs[0]].Minimum >= 0),
            ResultUse.Summand => Wide(Summand((AddOperation)readers[0])),
            ResultUse.Part => Like(scales[readers[0].Name]),
            ResultUse.Computed => TensorScale.Fit(Sample(values), options.WideBits, unsigned),
            // A ceiling needs no code here: none stands for more than the largest value that there was.
            ResultUse.Searched => TensorScale.Fit(Sample(values), options.ActivationBits, unsigned),
            var use => throw new InvalidOperationException($"No scale is known for results that are {use}."),
        };

        TensorScale Wide(double scale) => Bounded(scale, minimum, maximum);

        TensorScale Like(TensorScale whole) => Bounded(whole.Scale, whole.Minimum, whole.Maximum);

        // A layer rectifies by the clamp of its codes.
        TensorScale Bounded(double scale, long least, long most) => new(
            scale, (int)(rectified ? Math.Max(0, least) : least), (int)Math.Min(most, rectified ? Math.Round(ceiling / scale) : most));

        // A wide sum has no bits to spare for inputs that cancel: they get coarser steps if they are larger than it.
        double Summand(AddOperation addition)
        {
            var sum = scales[addition.Name];
            var (isWide, scale) = (sum.Bits > options.ActivationBits, sum.Scale);
            if (!isWide) scale = Math.ScaleB(scale, -options.FractionBits);
            if (isWide || addition.AddsParts || options.FractionBits == 0)
                for (var largest = values.abs().max().item<float>(); largest > scale * maximum; scale *= 2);
            return scale;
        }
    }

    private static bool Joins(FloatOperation op) => ScaleRoles.Of(op) == ScaleRole.Joins;

    private static TensorScale Input(FloatNetwork network, int bits)
    {
        var extremes = network.Normalisation.Mean.SelectMany(
            (_, k) => new[] { network.Normalisation.Apply(0, k), network.Normalisation.Apply(255, k) });
        return new(
            extremes.Max(Math.Abs) / BitWidth.SignedMaximum(bits), (int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits));
    }

    private static float[] Sample(Tensor values)
    {
        using var flat = values.flatten();
        using var sample = flat.slice(0, 0, flat.shape[0], Math.Max(1, flat.shape[0] / SampleValues)).contiguous();
        return sample.data<float>().ToArray();
    }
}
