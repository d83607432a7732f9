using LutDla.Networks.Graphs;
using LutDla.Training.Conversion;
using LutDla.Training.IntegerNetwork;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// Examples on their way through a network whose layers are converted one after another: what the float network makes of them, and what the
/// converted operations make of them so far. Lives in the caller's dispose scope.
/// </summary>
internal sealed class FollowedExamples
{
    private const int ForwardImages = 100;

    private readonly LutNetwork _network;

    private readonly CalibrationValues _examples;

    private readonly Dictionary<string, Tensor> _codes;

    public FollowedExamples(LutNetwork network, CalibrationValues examples)
    {
        (_network, _examples) = (network, examples);
        _codes = new() { [FloatGraph.InputName] = examples.Batch.Levels(network.InputCodes()) };
    }

    /// <summary>The codes of an operation that has been followed, and that others still read.</summary>
    public Tensor Codes(string name) => _codes[name];

    /// <inheritdoc cref="Target(LutNetwork, MatrixOperation, IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, Tensor})"/>
    public Tensor Target(MatrixOperation op) => Target(_network, op, _examples.Values, _codes);

    /// <summary>Takes the examples through an operation, whose layer must be converted.</summary>
    public void Follow(FloatOperation op)
    {
        Tensor[] inputs = [.. op.Inputs.Select(name => _codes[name])];
        var result = _examples.Batch.Spans is { } spans ? _network.Apply(op, inputs, spans: spans) : InParts(_network, op, inputs);
        _codes[op.Name] = result.MoveToOuterDisposeScope();
        // A result that shares its input's memory, as flattening does, keeps it.
        foreach (var name in op.Inputs.Where(name => _network.Graph.LastReader(name) == op).Distinct()) _codes[name].Dispose();
    }

    /// <summary>
    /// How far the result of a layer that was just followed is from what was wanted: <see cref="LayerReport.RelativeError"/>.
    /// </summary>
    public double RelativeError(MatrixOperation op) => RelativeError(op, Target(op), _codes[op.Name], _network.Scales[op.Name].Scale);

    /// <param name="target">[rows, out], before rectification.</param>
    /// <param name="codes">[count, height, width, out].</param>
    /// <param name="scale">What a code means.</param>
    internal static double RelativeError(MatrixOperation op, Tensor target, Tensor codes, double scale)
    {
        using var scope = NewDisposeScope();
        using Scalar step = scale;
        using Scalar floor = op.Relu ? 0 : double.NegativeInfinity;
        using Scalar ceiling = op.Relu ? op.Ceiling : double.PositiveInfinity;
        var wanted = target.clamp(floor, ceiling);
        var missing = wanted - codes.reshape(-1, op.OutputChannels) * step;
        return (Energy(missing) / (Energy(wanted - wanted.mean([0])) + 1e-12)).item<double>();
    }

    /// <summary>
    /// The float result before rectification, [rows, out]. Where the layer is the last input of an addition to be converted, the errors of
    /// the other input are its to make good: those of the parts before it, if it is a part, and those of a shortcut.
    /// </summary>
    /// <param name="values">Of the float network.</param>
    /// <param name="codes">Of what has been converted.</param>
    internal static Tensor Target(
        LutNetwork network, MatrixOperation op, IReadOnlyDictionary<string, Tensor> values, IReadOnlyDictionary<string, Tensor> codes)
    {
        var target = network.Source.Matrix(op, values[op.Inputs[0]]).permute(0, 2, 3, 1);
        foreach (var other in OtherSummands(network.Graph, op).Where(codes.ContainsKey))
            target = target + values[other].permute(0, 2, 3, 1) - codes[other] * network.Scales[other].Scale;
        return target.reshape(-1, op.OutputChannels).contiguous();
    }

    /// <summary>The codes of an operation's result, some images at a time.</summary>
    internal static Tensor InParts(LutNetwork network, FloatOperation op, Tensor[] inputs)
    {
        var parts = new List<Tensor>();
        for (var start = 0L; start < inputs[0].shape[0]; start += ForwardImages)
        {
            using var scope = NewDisposeScope();
            var images = inputs.Select(input => input.narrow(0, start, Math.Min(ForwardImages, input.shape[0] - start)).contiguous());
            parts.Add(network.Apply(op, [.. images]).MoveToOuterDisposeScope());
        }

        return cat(parts, 0);
    }

    // Up to where a sum is rectified or has another reader, to whom it would be wrong. A sparse part has too few weights to make anything
    // good.
    private static IEnumerable<string> OtherSummands(FloatGraph graph, MatrixOperation op)
    {
        var (name, ends) = (op.Name, op.Relu || op.Part is { IsSparse: true });
        while (!ends && graph.Operations.Where(reader => reader.Inputs.Contains(name)).ToArray() is [AddOperation addition])
        {
            foreach (var other in addition.Inputs.Where(input => input != name)) yield return other;
            (name, ends) = (addition.Name, addition.Relu);
        }
    }

    private static Tensor Energy(Tensor values) => values.square().sum(ScalarType.Float64);
}
