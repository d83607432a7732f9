using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Networks.Graphs;
using LutDla.Training.Recipe;

namespace LutDla.Training.Formats;

/// <summary>The integer formats of the converted network.</summary>
public sealed record QuantisationOptions
{
    /// <summary>Elements of a sub-vector, v, 1 to 16. A layer with fewer input channels takes as many as it has.</summary>
    public int VectorLength { get; init; } = 4;

    /// <summary>
    /// The same for layers that read the image. Colours of one pixel tell too much for one centroid: with 3 at v = 3, ResNet-20 was
    /// measured to lose 13 points.
    /// </summary>
    public int FirstVectorLength { get; init; } = 1;

    /// <summary>Centroids of a subspace, c, 2 to 256.</summary>
    public int CentroidCount { get; init; } = 16;

    public DistanceMetric Metric { get; init; } = DistanceMetric.L2;

    /// <summary>Bits of activations and centroids, 4 to 12 (to 16 for L1 and Chebyshev).</summary>
    public int ActivationBits { get; init; } = 8;

    /// <summary>Bits of table entries, 2 to 16.</summary>
    public int TableBits { get; init; } = 8;

    /// <summary>Bits of the weights of exact layers, 2 to 16.</summary>
    public int WeightBits { get; init; } = 8;

    /// <summary>Exceptions by layer. Grouped convolutions stay exact whatever they say.</summary>
    public LayerRuleList Layers { get; init; } = [];

    /// <summary>
    /// Bits of tensors that no LUT layer reads: what enters a residual addition, and the logits. At least the activation bits, at most 16.
    /// </summary>
    public int WideBits { get; init; } = 12;

    /// <summary>Whole numbers of as many bits are exact in single precision.</summary>
    private const int SingleBits = 24;

    /// <summary>How many binary places such a tensor has more than the addition's result. One bit is left for sums that cancel.</summary>
    internal int FractionBits => Math.Max(0, WideBits - ActivationBits - 1);

    /// <summary>The format of one layer, or of a part of it.</summary>
    internal LayerFormat FormatOf(MatrixOperation op)
    {
        var format = new LayerFormat
        {
            VectorLength = op.Inputs[0] == FloatGraph.InputName ? FirstVectorLength : VectorLength, CentroidCount = CentroidCount,
            Metric = Metric,
            ActivationBits = ActivationBits, TableBits = TableBits, WeightBits = WeightBits,
        };
        format = Layers.Where(rule => rule.Matches(op.Layer)).Aggregate(format, (before, rule) => rule.Apply(before));
        return format with
        {
            VectorLength = Math.Min(format.VectorLength, op.InputChannels),
            Exact = op.Groups > 1 ? ExactReason.Grouped : op.Part is { IsSparse: true } ? ExactReason.Largest : format.Exact,
        };
    }

    /// <summary>The layers of a network that will be looked up, as they will be; of a layer in parts each part is so.</summary>
    public IEnumerable<PlannedLayer> Plan(FloatGraph graph) => LayerPlan.Lookups(graph, this);

    /// <summary>The names of the others, which keep their products.</summary>
    public IEnumerable<string> PlanExact(FloatGraph graph) => LayerPlan.Exact(graph, this);

    /// <summary>Refuses, before any work, what no conversion of a network can have.</summary>
    /// <exception cref="InvalidInputException">A number is out of range, or a rule is of no layer; holds every problem.</exception>
    public void Check(FloatGraph graph)
    {
        InputProblem[] problems = [.. Problems()];
        // Formats of layers follow from options, which must be in range.
        if (problems.Length == 0) problems = [.. Problems(graph)];
        if (problems.Length > 0) throw new InvalidInputException(problems);
    }

    internal IEnumerable<InputProblem> Problems()
    {
        OptionRange[] ranges =
        [
            new("vector_length", VectorLength, 1, 16), new("first_vector_length", FirstVectorLength, 1, 16),
            new("centroid_count", CentroidCount, 2, 256),
            new("activation_bits", ActivationBits, 4, 16), new("table_bits", TableBits, 2, 16), new("weight_bits", WeightBits, 2, 16),
            new("wide_bits", WideBits, ActivationBits, 16),
            .. Layers.SelectMany(rule => new OptionRange[]
            {
                new($"{rule}: v", rule.VectorLength ?? 1, 1, 16), new($"{rule}: c", rule.CentroidCount ?? 2, 2, 256),
                new($"{rule}: t", rule.TableBits ?? 2, 2, 16), new($"{rule}: w", rule.WeightBits ?? 2, 2, 16),
                new($"{rule}: x", rule.Copies ?? 1, 1, 4), new($"{rule}: o", (double)(rule.SparsePercent ?? 1), 0.001, 50),
            }),
        ];
        return OptionRange.Problems(ranges);
    }

    /// <summary>What does not fit the layers of <paramref name="graph"/>.</summary>
    internal IEnumerable<InputProblem> Problems(FloatGraph graph)
    {
        MatrixOperation[] layers = [.. graph.Operations.OfType<MatrixOperation>()];
        foreach (var rule in Layers.Where(rule => !layers.Any(layer => rule.Matches(layer.Name))))
        {
            yield return new InputProblem(
                "conversion options", "layers", $"{rule}", "The pattern must match a layer.",
                $"The layers are {string.Join(", ", layers.Select(layer => layer.Name))}.");
        }

        // Training keeps integers in single precision; products of values and distances must be exact there.
        if (graph.Operations.OfType<ProductOperation>().FirstOrDefault() is { } product && 2 * (WideBits - 1) > SingleBits)
        {
            yield return new InputProblem(
                "conversion options", "wide_bits", $"{WideBits}",
                $"Products of values must stay below 2^{SingleBits} in conversion; {product.Name} has larger ones.", "Choose fewer bits.");
        }

        foreach (var layer in layers)
        {
            var format = FormatOf(layer);
            if (format.Exact is null
                && DistanceBounds.Maximum(format.Metric, format.ActivationBits, format.VectorLength) > Kernels.CentroidSearch.ExactDistance)
            {
                yield return new InputProblem(
                    "conversion options", "activation_bits", $"{ActivationBits}",
                    $"Distances of {format.VectorLength} elements in {format.Metric} must stay below 2^24 in conversion; " +
                    $"{layer.Name} has larger ones.",
                    "Choose fewer activation bits.");
            }
        }
    }
}
