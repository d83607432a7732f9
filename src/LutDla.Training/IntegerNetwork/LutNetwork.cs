using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// A network in conversion. Its forward pass computes with whole numbers in single precision, exactly what the exported integer network
/// computes (a test compares them), and has gradients; in training, operations on tokens may round otherwise. Tensors are [count, height,
/// width, channels] of codes.
/// </summary>
internal sealed class LutNetwork : IDisposable
{
    private readonly Dictionary<string, ConvertedMatrix> _matrices = [];

    private readonly Dictionary<string, ElementTable> _tables = [];

    private readonly HashSet<string> _blockEnds;

    private readonly IntegerTokens _tokens;

    /// <param name="source">The float network, without normalisation.</param>
    /// <param name="scales">The format of every tensor, by name.</param>
    public LutNetwork(FloatNetwork source, QuantisationOptions options, IReadOnlyDictionary<string, TensorScale> scales)
    {
        (Source, Options, Scales) = (source, options, scales);
        _tokens = new IntegerTokens(source, scales);
        _blockEnds = [.. source.Graph.Operations.OfType<AddOperation>().Where(op => !op.AddsParts).Select(op => op.Name)];
        var sides = source.Graph.Sides;
        var tokens = new HashSet<string>(source.Graph.Tokens is null ? [] : [FloatGraph.InputName]);
        foreach (var op in source.Graph.Operations)
        {
            var (height, width) = sides[op.Inputs[0]];
            var readsTokens = tokens.Contains(op.Inputs[0]);
            if (readsTokens && op is not TokenMeanOperation) tokens.Add(op.Name);
            if (op is not MatrixOperation matrix) continue;
            var format = options.FormatOf(matrix);
            var geometry = new LutGeometry(
                height, width, matrix.InputChannels, matrix.OutputChannels, matrix.Window, format.VectorLength, format.CentroidCount);
            _matrices[op.Name] = format.Exact is null
                ? new LutMatrix(geometry, format, scales[op.Inputs[0]], scales[op.Name], readsTokens)
                : new ExactMatrix(
                    matrix, geometry.RowsPerImage, format, scales[op.Inputs[0]], scales[op.Name],
                    matrix.Part is { IsSparse: true } ? Places(source.Tensors[matrix.Weight]) : null);
        }
    }

    public FloatNetwork Source { get; }

    public QuantisationOptions Options { get; }

    public IReadOnlyDictionary<string, TensorScale> Scales { get; }

    public IReadOnlyDictionary<string, ConvertedMatrix> Matrices => _matrices;

    public FloatGraph Graph => Source.Graph;

    /// <summary>What one code of the logits means.</summary>
    public double LogitScale => Scales[Graph.Operations[^1].Name].Scale;

    /// <summary>[channels, 256]: the code of each byte; of tokens [vocabulary, channels].</summary>
    public float[] InputCodes() => Array.ConvertAll(Source.Levels(), Scales[FloatGraph.InputName].Code);

    /// <summary>The logits' codes [count, classes] of image codes.</summary>
    /// <param name="spans">Which tokens belong together.</param>
    public Tensor Forward(Tensor images, TokenSpans? spans = null) => Results(images, spans: spans)[Graph.Operations[^1].Name].flatten(1);

    /// <summary>The input and the codes of all operations, by name.</summary>
    /// <param name="pass">What training wants to know of the layers on the way, or null.</param>
    /// <param name="spans">Which tokens belong together.</param>
    public Dictionary<string, Tensor> Results(Tensor images, TrainingPass? pass = null, TokenSpans? spans = null)
    {
        var values = new Dictionary<string, Tensor> { [FloatGraph.InputName] = images };
        foreach (var op in Graph.Operations) values[op.Name] = Apply(op, [.. op.Inputs.Select(Read)], pass, spans);
        return values;

        Tensor Read(string name) => pass is { EndsAtBlocks: true } && _blockEnds.Contains(name) ? values[name].detach() : values[name];
    }

    /// <summary>The codes that one operation makes.</summary>
    public Tensor Apply(FloatOperation operation, Tensor[] inputs, TrainingPass? pass = null, TokenSpans? spans = null) =>
        operation.Accept(new IntegerStep(this, _tokens, inputs, pass, spans));

    /// <summary>The golden model's nodes of operations on tokens.</summary>
    public TokenNodes TokenNodes => _tokens.Nodes;

    /// <summary>What an addition multiplies its inputs by.</summary>
    public (RescaleFactor A, RescaleFactor B) AddFactors(AddOperation op) => RescaleFactor.From(
        Scales[op.Inputs[0]].Scale / Scales[op.Name].Scale, Scales[op.Inputs[1]].Scale / Scales[op.Name].Scale);

    /// <summary>What an average pool multiplies its sums by.</summary>
    public RescaleFactor PoolFactor(PoolOperation op) =>
        RescaleFactor.From(Scales[op.Inputs[0]].Scale / Scales[op.Name].Scale / op.Window.Area);

    /// <summary>What a product of values is multiplied by.</summary>
    public RescaleFactor ProductFactor(ProductOperation op) =>
        RescaleFactor.From(Scales[op.Inputs[0]].Scale * Scales[op.Inputs[1]].Scale / Scales[op.Name].Scale);

    /// <summary>What a concatenation multiplies its inputs by.</summary>
    public IEnumerable<RescaleFactor> ConcatenationFactors(ConcatenationOperation op) =>
        op.Inputs.Select(name => RescaleFactor.From(Scales[name].Scale / Scales[op.Name].Scale));

    /// <summary>A function of values as a table.</summary>
    public ElementTable Table(ElementOperation op) =>
        _tables.TryGetValue(op.Name, out var table)
            ? table
            : _tables[op.Name] = ElementTable.Of(op.Function, Scales[op.Inputs[0]], Scales[op.Name]);

    /// <summary>
    /// From now on layers that can be normalised by the batch compute what they computed by running statistics by multiplier, shift and
    /// bias.
    /// </summary>
    public void RestNormalisation()
    {
        foreach (var matrix in _matrices.Values.OfType<LutMatrix>().Where(matrix => matrix.CanNormalise)) matrix.RestNormalisation();
    }

    /// <summary>The share of <paramref name="data"/> that gets the class of the label, 0 to 1.</summary>
    public double Accuracy(Dataset data, CancellationToken cancellation)
    {
        const int BatchImages = 250;
        var correct = 0L;
        var codes = InputCodes();
        using var noGradient = no_grad();
        for (var start = 0; start < data.Count; start += BatchImages)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = ImageBatch.Whole(data, Enumerable.Range(start, Math.Min(BatchImages, data.Count - start)));
            correct += Scores.OfClasses(Forward(batch.Levels(codes))).argmax(1).eq(batch.Labels()).sum().item<long>();
        }

        return (double)correct / data.Count;
    }

    // 1 where a weight is, else 0.
    private static Tensor Places(Tensor weight)
    {
        using Scalar zero = 0;
        return weight.ne(zero).to_type(ScalarType.Float32);
    }

    public void Dispose()
    {
        foreach (var matrix in _matrices.Values) matrix.Dispose();
    }
}
