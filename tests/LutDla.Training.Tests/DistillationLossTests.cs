using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.FineTuning;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>The loss against its definition, written out.</summary>
public sealed class DistillationLossTests(ToyNetworks networks) : IClassFixture<ToyNetworks>
{
    private const double Temperature = 3;

    [Fact]
    public void The_logits_count_by_cross_entropy_and_features_by_their_share_of_energy()
    {
        var data = ToyData.Bars(8, seed: 4);
        using var source = NormFolding.Fold(networks.Get(Architecture.ResNet8, 1));
        using var values = CalibrationValues.Of(source, data, data.Count, seed: 1);
        using var network = new LutNetwork(
            source, new QuantisationOptions(), ScalePlan.Of(source, values.Values, new QuantisationOptions()));
        // Codes that are wrong by a tenth, those of rectified layers by a fifth.
        var rectified = source.Graph.Operations.OfType<MatrixOperation>().Where(op => op.Relu).Select(op => op.Name).ToHashSet();
        var additions = source.Graph.Operations.OfType<AddOperation>().Count();
        var codes = values.Values.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.permute(0, 2, 3, 1) * tensor(
                (float)((rectified.Contains(pair.Key) ? 1.2 : 1.1) / network.Scales[pair.Key].Scale)));

        var logitsOnly = new DistillationLoss(Temperature, FeatureWeight: 0).Measure(network, codes, values.Values, values.Batch)
            .item<float>();
        var both = new DistillationLoss(Temperature, FeatureWeight: 5).Measure(network, codes, values.Values, values.Batch).item<float>();

        var labels = new DistillationLoss(Temperature, FeatureWeight: 0, LabelShare: 0.25)
            .Measure(network, codes, values.Values, values.Batch).item<float>();

        Assert.Equal(CrossEntropy(values.Values["fc"].flatten(1)), logitsOnly, tolerance: 1e-3);
        Assert.Equal(logitsOnly + 5 * (additions * 0.01 + rectified.Count * 0.04) / (additions + rectified.Count), both, tolerance: 1e-3);
        var byLabels = nn.functional.cross_entropy(values.Values["fc"].flatten(1) * tensor(1.1f), values.Batch.Labels()).item<float>();
        Assert.Equal(0.75 * logitsOnly + 0.25 * byLabels, labels, tolerance: 1e-3);
    }

    [Fact]
    public void The_teacher_knows_the_results_to_eight_bits()
    {
        var data = ToyData.Bars(8, seed: 4);
        using var source = NormFolding.Fold(networks.Get(Architecture.ResNet8, 1));
        using var values = CalibrationValues.Of(source, data, data.Count, seed: 1);
        using var teacher = new Teacher(source);
        foreach (var (name, found) in teacher.Results(values.Batch))
        {
            var (wanted, exact) = (values.Values[name], found.to_type(ScalarType.Float32));
            Assert.Equal(ScalarType.BFloat16, found.dtype);
            Assert.InRange(((exact - wanted).norm() / wanted.norm()).item<float>(), 0, 0.03f);
        }
    }

    private static double CrossEntropy(Tensor wanted)
    {
        var (teacher, student) = (wanted.data<float>().ToArray(), (wanted * tensor(1.1f)).data<float>().ToArray());
        var (classes, sum) = ((int)wanted.shape[1], 0.0);
        for (var row = 0; row < teacher.Length; row += classes)
        {
            var (p, q) = (Softmax(teacher.AsSpan(row, classes)), Softmax(student.AsSpan(row, classes)));
            for (var k = 0; k < classes; k++) sum -= p[k] * Math.Log(q[k]);
        }

        return sum / (teacher.Length / classes) * Temperature * Temperature;
    }

    private static double[] Softmax(ReadOnlySpan<float> logits)
    {
        var powers = new double[logits.Length];
        for (var k = 0; k < powers.Length; k++) powers[k] = Math.Exp(logits[k] / Temperature);
        var total = powers.Sum();
        return Array.ConvertAll(powers, power => power / total);
    }
}
