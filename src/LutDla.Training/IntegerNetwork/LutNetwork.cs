using LutDla.Golden.Model;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// A network in conversion. Its forward pass computes with whole numbers in single precision, exactly what the exported integer network
/// computes (a test compares them), and has gradients; in training, operations on tokens may round otherwise. Tensors are [count, height, width, channels] of codes.
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
                    matrix.Part is { IsSparse: true } ? source.Tensors[matrix.Weight].ne(0).to_type(TorchSharp.torch.ScalarType.Float32) : null);
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
    public Tensor Apply(FloatOperation operation, Tensor[] inputs, TrainingPass? pass = null, TokenSpans? spans = null) => operation switch
    {
        MatrixOperation op => _matrices[op.Name] switch
        {
            LutMatrix lut => Lookup(op, lut, inputs[0], pass),
            ExactMatrix exact => exact.Forward(inputs[0]),
            var matrix => throw UnknownMatrix(op.Name, matrix),
        },
        PoolOperation { Kind: PoolKind.Max, Window: var w } => nn.functional.max_pool2d(
            inputs[0].permute(0, 3, 1, 2), [w.Height, w.Width], [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth])
            .permute(0, 2, 3, 1).contiguous(),
        PoolOperation op => AveragePool(op, inputs[0]),
        AddOperation op => AddFunction.apply(inputs[0], inputs[1], AddFactors(op).A, AddFactors(op).B, Scales[op.Name]),
        ChannelPadOperation op => nn.functional.pad(inputs[0], [op.Before, op.After]),
        ElementOperation op => Table(op).Apply(inputs[0]),
        ProductOperation op => Rescaled(inputs[0] * inputs[1], ProductFactor(op).Ratio, Scales[op.Name]),
        ConcatenationOperation op => cat([.. inputs.Zip(ConcatenationFactors(op), (input, factor) => Rescaled(input, factor.Ratio, Scales[op.Name]))], 3),
        FlattenOperation => inputs[0].reshape(inputs[0].shape[0], 1, 1, -1),
        _ => _tokens.Apply(operation, inputs, spans, isExact: pass is null),
    };

    /// <summary>The golden model's node of an operation on tokens.</summary>
    public Node TokenNode(FloatOperation operation) => _tokens.Node(operation);

    /// <summary>What an addition multiplies its inputs by.</summary>
    public (RescaleFactor A, RescaleFactor B) AddFactors(AddOperation op) => RescaleFactor.From(
        Scales[op.Inputs[0]].Scale / Scales[op.Name].Scale, Scales[op.Inputs[1]].Scale / Scales[op.Name].Scale);

    /// <summary>What an average pool multiplies its sums by.</summary>
    public RescaleFactor PoolFactor(PoolOperation op) =>
        RescaleFactor.From(Scales[op.Inputs[0]].Scale / Scales[op.Name].Scale / op.Window.Area);

    /// <summary>What a product of values is multiplied by.</summary>
    public RescaleFactor ProductFactor(ProductOperation op) => RescaleFactor.From(Scales[op.Inputs[0]].Scale * Scales[op.Inputs[1]].Scale / Scales[op.Name].Scale);

    /// <summary>What a concatenation multiplies its inputs by.</summary>
    public IEnumerable<RescaleFactor> ConcatenationFactors(ConcatenationOperation op) =>
        op.Inputs.Select(name => RescaleFactor.From(Scales[name].Scale / Scales[op.Name].Scale));

    /// <summary>A function of values as a table.</summary>
    public ElementTable Table(ElementOperation op) =>
        _tables.TryGetValue(op.Name, out var table) ? table : _tables[op.Name] = ElementTable.Of(op.Function, Scales[op.Inputs[0]], Scales[op.Name]);

    /// <summary>From now on layers that can be normalised by the batch compute what they computed by running statistics by multiplier, shift and bias.</summary>
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

    public static InvalidOperationException UnknownMatrix(string name, ConvertedMatrix matrix) =>
        new($"The layer {name} is converted to an unknown kind, {matrix.GetType().Name}.");

    public void Dispose()
    {
        foreach (var matrix in _matrices.Values) matrix.Dispose();
    }

    private static Tensor Lookup(MatrixOperation op, LutMatrix matrix, Tensor images, TrainingPass? pass)
    {
        var centroids = matrix.IntegerCentroids();
        var call = new LutCall(matrix, NeedsInputGradient: op.Inputs[0] != FloatGraph.InputName, pass?.SoftTemperature ?? 0);
        var sums = LutFunction.apply(images, matrix.Table(centroids), centroids, matrix.Weight, matrix.LogTemperature, call);
        pass?.Visit(matrix, images, sums, call.Indices);
        return pass is { NormalisesBatches: true } && matrix.CanNormalise
            ? matrix.Normalisation.Apply(sums, matrix.Output)
            : RescaleFunction.apply(sums, matrix.Bias, matrix.Slopes(), matrix.Output);
    }

    private Tensor AveragePool(PoolOperation op, Tensor images)
    {
        var window = op.Window;
        var sums = nn.functional.avg_pool2d(
            images.permute(0, 3, 1, 2), [window.Height, window.Width], [window.StrideHeight, window.StrideWidth],
            [window.PaddingHeight, window.PaddingWidth], divisor_override: 1).permute(0, 2, 3, 1).contiguous();
        return Rescaled(sums, PoolFactor(op).Ratio, Scales[op.Name]);
    }

    // One factor for all channels.
    private static Tensor Rescaled(Tensor values, double ratio, TensorScale output)
    {
        var channels = (int)values.shape[3];
        var slopes = new double[channels];
        Array.Fill(slopes, ratio);
        return RescaleFunction.apply(values, zeros(channels), slopes, output);
    }
}
