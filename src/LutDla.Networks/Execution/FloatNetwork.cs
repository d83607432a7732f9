using System.Collections.Immutable;
using LutDla.Networks.Data;
using LutDla.Networks.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>
/// A network in floating point: a graph, its tensors by name, and how bytes become its input. Images are tensors [count, channels, height,
/// width].
/// </summary>
public sealed class FloatNetwork : IDisposable
{
    /// <summary>Added to a variance before its root, as usual.</summary>
    public const double NormEpsilon = 1e-5;

    /// <summary>How much a batch moves the running mean and variance.</summary>
    private const double NormMomentum = 0.1;

    /// <summary>Images that are classified at once.</summary>
    private const int LargestBatch = 250;

    private readonly SortedDictionary<string, Tensor> _tensors;

    internal FloatNetwork(FloatGraph graph, PixelNormalisation normalisation, SortedDictionary<string, Tensor> tensors)
    {
        (Graph, Normalisation, _tensors) = (graph, normalisation, tensors);
    }

    public FloatGraph Graph { get; }

    public PixelNormalisation Normalisation { get; }

    /// <summary>Origin: architecture, data set, seed, command, accuracy. For people, and for finding the graph again.</summary>
    public ImmutableSortedDictionary<string, string> Provenance { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a network sees: of bytes of images [channels, 256], of tokens [vocabulary, channels].</summary>
    internal float[] Levels() => Graph.Tokens is null ? Normalisation.Levels() : Tensors[FloatGraph.Embedding].data<float>().ToArray();

    /// <summary>All tensors, by the names that <see cref="MatrixOperation"/> states.</summary>
    internal IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The tensors that gradients train: all but the running statistics.</summary>
    internal IEnumerable<KeyValuePair<string, Tensor>> Parameters =>
        _tensors.Where(pair => !pair.Key.Contains(".running_", StringComparison.Ordinal));

    /// <summary>A network with seeded random weights (He).</summary>
    public static FloatNetwork Create(FloatGraph graph, PixelNormalisation normalisation, long seed)
    {
        using var generator = new Generator((ulong)seed);
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var parameter in graph.Parameters)
        {
            using Scalar value = parameter.Value;
            tensors[parameter.Name] = parameter.Deviation > 0
                ? randn(parameter.Shape, generator: generator) * parameter.Deviation
                : full(parameter.Shape, value);
        }

        return new FloatNetwork(graph, normalisation, tensors);
    }

    /// <summary>The scores [count, classes or 1] of normalised images, or of tokens.</summary>
    /// <param name="spans">Which tokens belong together.</param>
    /// <param name="training">Normalise by the batch and move the running statistics, instead of by the running statistics.</param>
    internal Tensor Forward(Tensor images, bool training = false, TokenSpans? spans = null)
    {
        var values = new Dictionary<string, Tensor> { [FloatGraph.InputName] = images };
        foreach (var op in Graph.Operations)
        {
            values[op.Name] = Apply(op, [.. op.Inputs.Select(name => values[name])], training, spans);
            // All results of a wide network, of hundreds of images, would take gigabytes. One that shares its input's memory, as flattening
            // does, keeps it.
            foreach (var name in op.Inputs.Where(name => name != FloatGraph.InputName && Graph.LastReader(name) == op).Distinct())
                values[name].Dispose();
        }

        return values[Graph.Operations[^1].Name].flatten(1);
    }

    /// <summary>The input and the results of all operations, by name.</summary>
    internal Dictionary<string, Tensor> Results(Tensor images, bool training = false, TokenSpans? spans = null)
    {
        var values = new Dictionary<string, Tensor> { [FloatGraph.InputName] = images };
        foreach (var op in Graph.Operations) values[op.Name] = Apply(op, [.. op.Inputs.Select(name => values[name])], training, spans);
        return values;
    }

    /// <summary>The same network with tensors of another precision; it takes images of that precision.</summary>
    internal FloatNetwork InPrecision(ScalarType type) => new(
        Graph, Normalisation,
        new SortedDictionary<string, Tensor>(
            _tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(type, copy: true)), StringComparer.Ordinal))
    {
        Provenance = Provenance,
    };

    /// <summary>The result of one operation.</summary>
    internal Tensor Apply(FloatOperation operation, Tensor[] inputs, bool training = false, TokenSpans? spans = null) =>
        operation.Accept(new FloatStep(this, inputs, training, spans));

    /// <summary>The convolution with normalisation or bias, before rectification.</summary>
    internal Tensor Matrix(MatrixOperation op, Tensor input, bool training = false)
    {
        // Tokens: a matrix product is faster than as many convolutions of one pixel.
        if (Graph.Tokens is not null)
        {
            return nn.functional.linear(input.flatten(1), _tensors[op.Weight].flatten(1), _tensors[op.Bias]).unsqueeze(-1).unsqueeze(-1);
        }

        var w = op.Window;
        var bias = op.Normalised ? null : _tensors[op.Bias];
        var result = nn.functional.conv2d(
            input, _tensors[op.Weight], bias, [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth], groups: op.Groups);
        return op.Normalised
            ? nn.functional.batch_norm(
                result, _tensors[op.NormMean], _tensors[op.NormVariance], _tensors[op.NormWeight], _tensors[op.NormBias],
                training, NormMomentum, NormEpsilon)
            : result;
    }

    /// <summary>The share of <paramref name="data"/> that gets the class of the label, 0 to 1.</summary>
    public double Accuracy(Dataset data, CancellationToken cancellation = default) =>
        (double)Classify(data, cancellation).Zip(data.Labels).Count(pair => pair.First == pair.Second) / data.Count;

    /// <summary>The class of each image.</summary>
    internal long[] Classify(Dataset data, CancellationToken cancellation)
    {
        var classes = new List<long>(data.Count);
        // A part of what may be kept: the results of an operation are gone when nothing reads them any more.
        var batchImages = (int)Math.Clamp(ActivationBudget.MaximumValues / 8 / ActivationBudget.ValuesEach(this, data), 1, LargestBatch);
        using var noGradient = no_grad();
        for (var start = 0; start < data.Count; start += batchImages)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = ImageBatch.Whole(data, Enumerable.Range(start, Math.Min(batchImages, data.Count - start)));
            classes.AddRange(Scores.OfClasses(Forward(batch.Images(Normalisation))).argmax(1).data<long>());
        }

        return [.. classes];
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
    }

    /// <exception cref="ArgumentException">They are not known.</exception>
    internal static TokenSpans Spans(FloatOperation op, TokenSpans? spans) =>
        spans ?? throw new ArgumentException($"{op.Name} must know which tokens belong together.", nameof(spans));
}
