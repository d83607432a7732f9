using LutDla.Networks.Graphs;
using LutDla.Training.Kernels;

namespace LutDla.Training.Formats;

/// <summary>What a conversion makes of the layers of a graph, as far as it does not depend on numbers.</summary>
internal static class LayerPlan
{
    /// <summary>Layers that are looked up, in their order.</summary>
    public static IEnumerable<PlannedLayer> Lookups(FloatGraph whole, QuantisationOptions options)
    {
        var graph = LayerSplits.Apply(whole, options);
        var readers = graph.Operations.SelectMany(op => op.Inputs.Select(name => (name, op))).ToLookup(pair => pair.name, pair => pair.op);
        var rows = Rows(graph);
        foreach (var op in graph.Operations.OfType<MatrixOperation>())
        {
            var format = options.FormatOf(op);
            if (format.Exact is not null) continue;
            var subspaces = LutGeometry.Subspaces(op.Window, op.InputChannels, format.VectorLength);
            yield return new PlannedLayer(
                op.Name,
                new(format.VectorLength, format.CentroidCount, format.Metric, format.ActivationBits, format.TableBits, subspaces),
                op.InputChannels * op.Window.Area, op.OutputChannels, rows[op.Name], Bits(graph, op, readers, options));
        }
    }

    /// <summary>Names of layers that are not.</summary>
    public static IEnumerable<string> Exact(FloatGraph whole, QuantisationOptions options) =>
        LayerSplits.Apply(whole, options).Operations.OfType<MatrixOperation>()
            .Where(op => options.FormatOf(op).Exact is not null).Select(op => op.Name);

    // Of every result of an example: pixels, or tokens of the longest sequence until their mean is taken.
    private static Dictionary<string, int> Rows(FloatGraph graph)
    {
        if (graph.Tokens is not { } tokens)
            return graph.Sides.ToDictionary(side => side.Key, side => side.Value.Height * side.Value.Width);
        var rows = new Dictionary<string, int> { [FloatGraph.InputName] = tokens.Positions };
        foreach (var op in graph.Operations) rows[op.Name] = op is TokenMeanOperation ? 1 : rows[op.Inputs[0]];
        return rows;
    }

    // As the scales of the results have them.
    private static int Bits(
        FloatGraph graph, FloatOperation op, ILookup<string, FloatOperation> readers, QuantisationOptions options)
    {
        if (graph.Tokens is not null)
            return readers[op.Name].OfType<MatrixOperation>().Any() ? options.ActivationBits : ScalePlan.TokenBits;
        return ResultUses.Of(op, readers) switch
        {
            ResultUse.PassedOn => throw new InvalidOperationException($"{op.Name} is a layer and passes nothing on."),
            ResultUse.Part => Bits(graph, readers[op.Name].First(), readers, options),
            ResultUse.Scores or ResultUse.Summand or ResultUse.Computed => options.WideBits,
            ResultUse.Mean or ResultUse.Searched => options.ActivationBits,
            var use => throw new InvalidOperationException($"No bits are known for results that are {use}."),
        };
    }
}
