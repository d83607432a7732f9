using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.FineTuning;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Layers that become sums of parts.</summary>
public sealed class LayerSplitTests(ToyNetworks networks) : IClassFixture<ToyNetworks>
{
    private static readonly ConversionOptions Small = new() { Refit = new RefitOptions { Images = 60, KMeansRows = 500, Rows = 2000 } };

    [Theory]
    [InlineData(Architecture.LeNet5, "*=x2")]
    [InlineData(Architecture.ResNet8, "*=x3")]
    [InlineData(Architecture.ResNet8, "*=o5")]
    [InlineData(Architecture.ResNet20, "*=x2,o0.5")]
    public void The_float_network_stays_the_same(Architecture architecture, string rule)
    {
        using var source = NormFolding.Fold(networks.Get(architecture, 3));
        using var noGradient = no_grad();
        using var split = LayerSplits.Apply(source, Rules(rule));
        var images = ImageBatch.Whole(ToyData.Bars(20, seed: 5, channels: 3), Enumerable.Range(0, 20)).Images(source.Normalisation);

        var (expected, found) = (source.Forward(images), split.Forward(images));

        Assert.True(split.Graph.Operations.Length > source.Graph.Operations.Length);
        Assert.True(expected.std().item<float>() > 0.1, "The logits do not differ enough to tell anything.");
        Assert.True((expected - found).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void Parts_and_sums_have_names_of_their_own_and_the_layers_keep_theirs()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var window = new Window { Height = 1, Width = 1 };
        MatrixOperation Layer(string name, string input) => new(name, [input], 2, 2, window, Normalised: false, Relu: true) { Ceiling = 6 };
        var graph = new FloatGraph
        {
            Architecture = "chain", Height = 1, Width = 1, Channels = 2, Classes = 2,
            Operations = [Layer(
                "a", FloatGraph.InputName), Layer("b", "a"), Layer("b.1", "b"), Layer("c", "b.1"), Layer("d", "c") with { Groups = 2 }],
        };
        using var source = FloatNetwork.Create(graph, PixelNormalisation.Of(ToyData.Bars(8, seed: 1)), seed: 1);

        using var split = LayerSplits.Apply(source, Rules("a=o50", "b=x2,o25", "c=exact", "d=x2"));

        Assert.Equal(
            ["a.sparse", "a.dense", "a", "b.sparse", "b.1.2", "b.sum2", "b.2", "b", "b.1", "c", "d"],
            split.Graph.Operations.Select(op => op.Name));
        var sums = split.Graph.Operations.OfType<AddOperation>().ToArray();
        Assert.Equal([(true, 6), (false, float.PositiveInfinity), (true, 6)], sums.Select(sum => (sum.Relu, sum.Ceiling)));
        Assert.Equal(["b.sum2", "b.2"], sums[2].Inputs);
        Assert.All(split.Graph.Operations.OfType<MatrixOperation>().Where(op => op.Part is not null), part => Assert.False(part.Relu));
        // 2 and 1 of 4 weights, the largest ones.
        Assert.Equal([2, 1], new[] { "a", "b" }.Select(name => split.Tensors[$"{name}.sparse.weight"].count_nonzero().item<long>()));
        Assert.Equal(source.Tensors["b.weight"].abs().max().item<float>(), split.Tensors["b.sparse.weight"].abs().max().item<float>());
        Assert.Equal(0, split.Tensors["b.2.weight"].count_nonzero().item<long>());
    }

    // The second network ends an addition in an addition; sums of three parts are read by additions, too.
    [Theory]
    [InlineData(Architecture.LeNet5, "*=x2", "")]
    [InlineData(Architecture.LeNet5, "*=o1", "")]
    [InlineData(Architecture.ResNet8, "*=x3", "")]
    [InlineData(Architecture.ResNet8, "*=x2,o1,w5", "")]
    [InlineData(Architecture.ResNet20, "*=o1", "deep")]
    [InlineData(Architecture.ResNet20, "*=x2", "deep")]
    public void Converted_and_trained_parts_are_what_the_golden_model_computes(Architecture architecture, string rule, string preset)
    {
        var data = ToyData.Bars(160, seed: 1, channels: 3);
        var training = preset == "deep" ? ConversionOptions.Deep.FineTuning : new() { FeatureWeight = 1, BlockShare = 0.5 };
        var options = Small with { Quantisation = Rules(rule), FineTuning = training with { TableVisits = 320, BatchImages = 16 } };

        // Ends with an exception if a logit differs.
        var result = LutBoost.Convert(networks.Get(architecture, 3), data, options, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(64 * 4, result.EqualLogits);
        Assert.Equal(GoldenNetwork.Run(result.Network, data.Image(3)), Engine(result.Network, data, 4)[12..]);
        var right = new GoldenEngine(result.Network).CountCorrect(data.Images, data.Labels);
        Assert.True(right > 0.8 * data.Count, $"{right} of {data.Count} images are right.");
    }

    [Theory]
    [InlineData("stage1.conv2=x2", 0.9)]
    [InlineData("stage1.conv2=o5", 0.99)]
    public void A_layer_loses_less_in_parts(string rule, double share)
    {
        double Error(LayerRuleList rules)
        {
            var options = Small with { Quantisation = new() { CentroidCount = 4 } };
            var measured = Sensitivity.Measure(
                networks.Get(Architecture.ResNet8, 1), ToyData.Bars(160, seed: 1), options, rules, heldOut: 40, null,
                TestContext.Current.CancellationToken);
            return measured.Last(m => m.Layer.Name == "stage1.conv2").Layer.RelativeError ?? 0;
        }

        Assert.InRange(Error([LayerRule.Parse(rule)]), 1e-6, share * Error([]));
    }

    [Fact]
    public void What_only_additions_read_is_wide()
    {
        var options = Rules("*.conv2=x3", "fc=x2");
        using var source = NormFolding.Fold(networks.Get(Architecture.ResNet8, 1));
        using var split = LayerSplits.Apply(source, options);
        using var values = CalibrationValues.Of(split, ToyData.Bars(40, seed: 2), 40, seed: 1);

        var scales = ScalePlan.Of(split, values.Values, options);

        string[] wide = ["stage2.conv2", "stage2.conv2.sum2", "stage2.conv2.1", "stage2.conv2.3", "stage2.shortcut", "fc", "fc.1"];
        foreach (var name in wide)
            Assert.True(scales[name] is { Bits: 12 }, $"{name} has {scales[name].Bits} bits.");
        Assert.Equal(8, scales["stage2.add"].Bits);
        // Three more places than the sum that layers read; those of parts are the same unless they are larger.
        Assert.Equal(scales["stage2.add"].Scale / 8, scales["stage2.conv2"].Scale);
        Assert.Equal(scales["stage2.conv2"].Scale, scales["stage2.conv2.3"].Scale);
        foreach (var (name, value) in values.Values.Where(pair => pair.Key.StartsWith("fc", StringComparison.Ordinal)))
            Assert.True(value.abs().max().item<float>() <= scales[name].Scale * scales[name].Maximum, $"{name} does not fit.");
    }

    [Fact]
    public void Later_parts_make_good_what_earlier_parts_and_a_shortcut_did_wrong()
    {
        var options = Small with { Quantisation = Rules("stage1.conv2=x2,o1") };
        using var source = NormFolding.Fold(networks.Get(Architecture.ResNet8, 1));
        using var noGradient = no_grad();
        using var split = LayerSplits.Apply(source, options.Quantisation);
        using var calibration = CalibrationValues.Of(split, ToyData.Bars(20, seed: 2), 20, seed: 1);
        using var network = new LutNetwork(split, options.Quantisation, ScalePlan.Of(split, calibration.Values, options.Quantisation));
        string[] names = ["conv1", "stage1.conv2.sparse", "stage1.conv2.sum2"];
        // As if every code were one more than it should be.
        var codes = names.ToDictionary(
            name => name, name => calibration.Values[name].permute(0, 2, 3, 1) / tensor((float)network.Scales[name].Scale) + tensor(1f));
        MatrixOperation Part(string suffix) =>
            network.Graph.Operations.OfType<MatrixOperation>().Single(op => op.Name == $"stage1.conv2.{suffix}");
        double Missing(string suffix, params string[] known)
        {
            var op = Part(suffix);
            var own = calibration.Values[op.Name].permute(0, 2, 3, 1).reshape(-1, op.OutputChannels);
            var target = FollowedExamples.Target(network, op, calibration.Values, known.ToDictionary(name => name, name => codes[name]));
            return (target - own).mean().item<float>();
        }

        double Step(string name) => network.Scales[name].Scale;
        Assert.Equal(0, Missing("sparse", "conv1"), 1e-4);
        Assert.Equal(-Step("conv1") - Step("stage1.conv2.sparse"), Missing("1", "conv1", "stage1.conv2.sparse"), 1e-4);
        Assert.Equal(-Step("conv1") - Step("stage1.conv2.sum2"), Missing("2", "conv1", "stage1.conv2.sum2"), 1e-4);
    }

    [Fact]
    public void Zeros_of_a_sparse_part_stay_zeros_in_training()
    {
        var options = Small with
        {
            Quantisation = Rules("conv2=o2"), FineTuning = new() { TableVisits = 640, BatchImages = 16, LearningRate = 0.05 },
        };
        short[] Weights(ConversionOptions conversion)
        {
            var result = LutBoost.Convert(
                networks.Get(Architecture.LeNet5, 1), ToyData.Bars(160, seed: 1), conversion, null, TestContext.Current.CancellationToken);
            return [.. result.Network.Nodes.OfType<ExactNode>().Single().Layer.Weights];
        }

        var (before, after) = (Weights(options with { FineTuning = FineTuningOptions.None }), Weights(options));

        Assert.Equal((int)Math.Ceiling(0.02 * 16 * 6 * 25), before.Count(weight => weight != 0));
        Assert.NotEqual(before, after);
        Assert.All(before.Zip(after).Where(pair => pair.First == 0), pair => Assert.Equal(0, pair.Second));
    }

    [Fact]
    public void Reports_count_a_layer_once_and_the_bits_of_all_its_parts()
    {
        IReadOnlyList<LayerReport> Layers(string rule) => LutBoost.Convert(
            networks.Get(Architecture.LeNet5, 1), ToyData.Bars(60, seed: 1), Small with { Quantisation = Rules(rule) }, null,
            TestContext.Current.CancellationToken).Layers;
        var (plain, twice, sparse) = (LayerTotals.Of(Layers("*=lut")), LayerTotals.Of(Layers("*=x2")), LayerTotals.Of(Layers("conv2=o2")));

        Assert.Equal(
            plain with { StoredBits = 2 * plain.StoredBits, Lookups = 2 * plain.Lookups, BitsPerActivation = twice.BitsPerActivation },
            twice);
        Assert.Equal(2 * plain.BitsPerActivation, twice.BitsPerActivation, 1e-9);
        var part = Layers("conv2=o2").Single(layer => layer.Name == "conv2.sparse");
        Assert.Equal(
            (ExactReason.Largest, 48, "conv2", "conv2=v4,c16,l2,t8,o2,w8"), (part.Exact, part.Weights, part.Layer, part.Rule.ToString()));
        // 8 bits, and 8 for one of 150 places.
        Assert.Equal(48 * 16, part.StoredBits);
        Assert.Equal((plain.Weights, plain.MultiplyAccumulates), (sparse.Weights, sparse.MultiplyAccumulates));
        Assert.Equal(plain.Replaced - part.MultiplyAccumulates, sparse.Replaced);
        Assert.Equal(plain.BitsPerActivation + 8.0 * part.MultiplyAccumulates / plain.MultiplyAccumulates, sparse.BitsPerActivation, 1e-9);
    }

    [Fact]
    public void A_budget_counts_the_bits_of_all_parts()
    {
        var measured = Sensitivity.Measure(
            networks.Get(Architecture.LeNet5, 1), ToyData.Bars(160, seed: 1), Small, LayerRuleList.Parse(["*=x2"]), heldOut: 40, null,
            TestContext.Current.CancellationToken);
        var (plain, twice) = (measured.First(m => m.Layer.Name == "fc1").Layer, measured.Last(m => m.Layer.Name == "fc1").Layer);

        Assert.Equal(["conv1", "conv2", "fc1", "fc2", "fc3", "conv1", "conv2", "fc1", "fc2", "fc3"], measured.Select(m => m.Layer.Name));
        Assert.Equal((1, 2, "fc1=v4,c16,l2,t8,x2"), (plain.BitsPerActivation, twice.BitsPerActivation, twice.Rule.ToString()));
        Assert.Equal((2 * plain.Lookups, 2 * plain.StoredBits, plain.Weights), (twice.Lookups, twice.StoredBits, twice.Weights));
        // Of a layer with enough output pixels to fit to: on images that it has not seen, a linear one of 60 images does not gain.
        double Error(int times) => measured.Where(m => m.Layer.Name == "conv2").ElementAt(times - 1).Layer.RelativeError ?? 0;
        Assert.InRange(Error(2), 1e-6, 0.9 * Error(1));
    }

    [Fact]
    public void Sums_of_parts_are_features_where_the_layer_was_one_and_no_ends_of_blocks()
    {
        var (options, data) = (Rules("stage1.conv?=x3"), ToyData.Bars(20, seed: 2));
        using var source = NormFolding.Fold(networks.Get(Architecture.ResNet8, 1));
        using var split = LayerSplits.Apply(source, options);
        using var values = CalibrationValues.Of(split, data, 20, seed: 1);
        using var network = new LutNetwork(split, options, ScalePlan.Of(split, values.Values, options));
        SequentialConversion.Run(
            network, values, heldOut: null, Small with { Quantisation = options }, progress: null, TestContext.Current.CancellationToken);
        string[] features = [.. source.Graph.Operations.Where(op => op is AddOperation or MatrixOperation { Relu: true })
            .Select(op => op.Name)];
        Tensor Codes(string name, float factor) =>
            values.Values[name].permute(0, 2, 3, 1) * tensor((float)(factor / network.Scales[name].Scale));
        double Loss(double weight, Func<string, float> factor) => new DistillationLoss(1, weight).Measure(
            network, values.Values.Keys.ToDictionary(name => name, name => Codes(name, factor(name))), values.Values,
            values.Batch).item<float>();

        Assert.Contains("stage1.conv1", features);
        Assert.Equal(Loss(0, name => name == "fc" ? 1.5f : 1), Loss(5, name => features.Contains(name) ? 1 : 1.5f), 1e-3);
        Assert.Equal(Loss(0, _ => 1) + 5 * 0.01, Loss(5, name => features.Contains(name) ? 1.1f : 1), 1e-3);

        network.Matrices["stage1.conv1.1"].Weight.requires_grad_();
        var pass = new TrainingPass(
            0, FollowCentroids: false, NormalisesBatches: false, EndsAtBlocks: true, SoftTemperature: 0, new Random(1));
        var codes = network.Results(values.Batch.Levels(network.InputCodes()), pass);
        Assert.True(codes["stage1.conv2"].requires_grad);
        Assert.False(codes["stage2.conv1"].requires_grad);
    }

    private static QuantisationOptions Rules(params string[] rules) => new() { Layers = LayerRuleList.Parse(rules) };

    private static int[] Engine(QuantizedNetwork network, Dataset data, int count)
    {
        var logits = new int[count * 4];
        new GoldenEngine(network).Infer(data.Images.AsSpan(0, count * data.ImageBytes), count, logits);
        return logits;
    }
}
