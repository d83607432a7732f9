using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Passes;

/// <summary>
/// Moves batch normalisation into the constant weights of the convolution before it, where nothing else sees the convolution's result.
/// </summary>
internal static class BatchNormFolding
{
    public static ImportedGraph Apply(ImportedGraph graph)
    {
        var constants = graph.Constants.ToBuilder();
        var folded = GraphIndex.Rewrite(
            graph, (index, operation) => operation is BatchNormOperation norm ? Fold(index, norm, constants) : null);
        return folded with { Constants = constants.ToImmutable() };
    }

    private static ConvolutionOperation? Fold(
        GraphIndex graph, BatchNormOperation norm, ImmutableDictionary<string, ImportedConstant>.Builder constants)
    {
        if (graph.OnlyMaker<ConvolutionOperation>(norm.Inputs[0]) is not { } convolution) return null;
        ImportedConstant?[] operands = [.. convolution.Inputs.Skip(1).Concat(norm.Inputs.Skip(1)).Select(graph.Constant)];
        if (operands.Contains(null)) return null;

        var scales = Scales(graph, norm);
        // Told about where the normalisation is translated.
        if (!Array.TrueForAll(scales, double.IsFinite)) return null;
        var weight = Add(constants, $"{norm.Output.Name}.weight", Weights(graph.Constant(convolution.Inputs[1])!, scales));
        var bias = Add(constants, $"{norm.Output.Name}.bias", Biases(graph, convolution, norm, scales));
        return convolution with { Head = convolution.Head with { Inputs = [convolution.Inputs[0], weight, bias], Output = norm.Output } };
    }

    private static double[] Scales(GraphIndex graph, BatchNormOperation norm)
    {
        var scale = graph.Constant(norm.Inputs[1])!.Singles;
        var variance = graph.Constant(norm.Inputs[4])!.Singles;
        var scales = new double[scale.Length];
        for (var i = 0; i < scales.Length; i++) scales[i] = scale[i] / Math.Sqrt(variance[i] + norm.Epsilon);
        return scales;
    }

    private static ImportedConstant Weights(ImportedConstant weights, double[] scales)
    {
        var values = weights.Singles.ToArray();
        for (var i = 0; i < values.Length; i++) values[i] = (float)(values[i] * scales[i / (values.Length / scales.Length)]);
        return ImportedConstant.OfSingles(weights.Shape, values);
    }

    private static ImportedConstant Biases(GraphIndex graph, ConvolutionOperation convolution, BatchNormOperation norm, double[] scales)
    {
        var bias = graph.Constant(norm.Inputs[2])!.Singles;
        var mean = graph.Constant(norm.Inputs[3])!.Singles;
        var before = convolution.Inputs.Length > 2 ? graph.Constant(convolution.Inputs[2])!.Singles : new float[scales.Length];
        var values = new float[scales.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(bias[i] + (before[i] - (double)mean[i]) * scales[i]);
        return ImportedConstant.OfSingles([values.Length], values);
    }

    // Names come from the file, which may already use any.
    private static ImportedValue Add(
        ImmutableDictionary<string, ImportedConstant>.Builder constants, string name, ImportedConstant constant)
    {
        while (constants.ContainsKey(name)) name += "'";
        constants.Add(name, constant);
        return new ImportedValue(name, constant.Shape, IsInteger: false);
    }
}
