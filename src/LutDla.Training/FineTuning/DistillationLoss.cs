using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Recipe;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.FineTuning;

/// <summary>How far the integer network is from the float network, as training sees it.</summary>
/// <param name="Temperature">Divides both networks' logits.</param>
/// <param name="FeatureWeight">Of the features' mean error, against the cross-entropy of the logits.</param>
/// <param name="LabelShare">Of the cross-entropy with labels, at temperature 1, in that of the logits.</param>
internal sealed record DistillationLoss(double Temperature, double FeatureWeight, double LabelShare = 0)
{
    public static DistillationLoss Of(FineTuningOptions options) => new(options.Temperature, options.FeatureWeight, options.LabelShare);

    /// <param name="codes">Of all operations of <paramref name="network"/>.</param>
    /// <param name="wanted">Results of all operations of the float network, of any precision.</param>
    /// <param name="batch">Asked for its labels if they count.</param>
    public Tensor Measure(
        LutNetwork network, IReadOnlyDictionary<string, Tensor> codes, IReadOnlyDictionary<string, Tensor> wanted, ExampleBatch batch)
    {
        var last = network.Graph.Operations[^1].Name;
        using Scalar unit = network.LogitScale;
        var logits = Scores.OfClasses(codes[last].flatten(1) * unit);
        var teacher = Scores.OfClasses(wanted[last].flatten(1).to(ScalarType.Float32));
        var loss = WithLabels(CrossEntropy(logits, teacher), logits, batch);
        string[] features = FeatureWeight > 0 ? [.. network.Graph.Operations.Where(IsFeature).Select(op => op.Name)] : [];
        if (features.Length == 0) return loss;
        using Scalar weight = FeatureWeight;
        // Errors are learnt where they arise instead of through all layers behind.
        var errors = features.Select(name => FeatureErrorFunction.apply(codes[name], wanted[name], network.Scales[name].Scale));
        return loss + stack(errors).mean() * weight;
    }

    // What layers read. Summands are not: where a sum is right, it does not matter how it came about. A sum of parts is one where their
    // layer was.
    private static bool IsFeature(FloatOperation op) =>
        op is AddOperation { AddsParts: false } or RectifiedOperation { Relu: true } or ElementOperation or ProductOperation;

    private Tensor WithLabels(Tensor distilled, Tensor logits, ExampleBatch batch)
    {
        if (LabelShare == 0) return distilled;
        using Scalar share = LabelShare;
        using Scalar rest = 1 - LabelShare;
        return distilled * rest + nn.functional.cross_entropy(logits, batch.Labels()) * share;
    }

    // With the teacher's softened probabilities; the square keeps gradients of one size at all temperatures.
    private Tensor CrossEntropy(Tensor logits, Tensor teacher)
    {
        using Scalar divisor = Temperature;
        using Scalar factor = -Temperature * Temperature;
        var probabilities = nn.functional.softmax(teacher / divisor, dim: 1);
        var logarithms = nn.functional.log_softmax(logits / divisor, dim: 1);
        return (probabilities * logarithms).sum([1]).mean() * factor;
    }
}
