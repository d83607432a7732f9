using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Export;
using LutDla.Training.FloatTraining;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Float networks trained on toy data, once for all tests.</summary>
public sealed class ToyNetworks : IDisposable
{
    private readonly Dictionary<(Architecture, int), FloatNetwork> _networks = [];

    public FloatNetwork Get(Architecture architecture, int channels)
    {
        lock (_networks)
        {
            if (_networks.TryGetValue((architecture, channels), out var known)) return known;
            TorchRuntime.EnsureLoaded(threads: 1);
            var options =
                new FloatTrainingOptions { Architecture = architecture, Epochs = 8, BatchImages = 16, Augmentation = Augmentation.None };
            return _networks[(architecture, channels)] = FloatTrainer.Train(options, ToyData.Bars(160, seed: 1, channels));
        }
    }

    public void Dispose()
    {
        foreach (var network in _networks.Values) network.Dispose();
    }
}

public sealed class LutBoostTests(ToyNetworks networks) : IClassFixture<ToyNetworks>, IDisposable
{
    private static readonly ConversionOptions Small = new() { Refit = new RefitOptions { Images = 60, KMeansRows = 500, Rows = 2000 } };

    private static readonly FineTuningOptions AllStages = new()
    {
        CentroidVisits = 64, JointVisits = 64, TableVisits = 128, BatchImages = 16, Augmentation = new Augmentation(1, Mirror: false),
    };

    private readonly TemporaryFolder _folder = new();

    public static MatrixTheoryData<Architecture, DistanceMetric, (int Length, int Bits, int TableBits, int Channels)> Exports { get; } =
        new(
        [Architecture.LeNet5, Architecture.ResNet8], Enum.GetValues<DistanceMetric>(),
        [(4, 8, 8, 1), (2, 8, 8, 3), (3, 5, 4, 3), (1, 4, 12, 1)]);

    /// <summary>With shortcuts that subsample and pad channels.</summary>
    public static TheoryData<Architecture, DistanceMetric, (int Length, int Bits, int TableBits, int Channels)> DeepExports { get; } = new()
    {
        { Architecture.ResNet20, DistanceMetric.L2, (4, 8, 8, 3) },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Exports))]
    [MemberData(nameof(DeepExports))]
    public void The_forward_pass_equals_the_golden_model_integer_for_integer(
        Architecture architecture, DistanceMetric metric, (int Length, int Bits, int TableBits, int Channels) shape)
    {
        var data = ToyData.Bars(60, seed: 2, shape.Channels);
        var options = Small with
        {
            Quantisation = new() { VectorLength = shape.Length, Metric = metric, ActivationBits = shape.Bits, TableBits = shape.TableBits },
        };
        using var source = NormFolding.Fold(networks.Get(architecture, shape.Channels));
        using var noGradient = no_grad();
        using var calibration = CalibrationValues.Of(source, data, 60, seed: 1);
        using var network = new LutNetwork(source, options.Quantisation, ScalePlan.Of(source, calibration.Values, options.Quantisation));
        SequentialConversion.Run(network, calibration, heldOut: null, options, progress: null, TestContext.Current.CancellationToken);
        var exported = NetworkExporter.Export(network, "toy", ImmutableSortedDictionary<string, string>.Empty);
        ArtefactFile.Write(_folder.File("toy.safetensors"), exported);

        var logits = network.Forward(ImageBatch.Whole(data, Enumerable.Range(0, 20)).Levels(network.InputCodes()));

        for (var i = 0; i < 20; i++)
            Assert.Equal(GoldenNetwork.Run(exported, data.Image(i)), logits[i].data<float>().ToArray().Select(value => (int)value));
        Assert.True(logits.std().item<float>() > 10, "The logits do not differ enough to tell anything.");
    }

    [Theory]
    [InlineData(Architecture.LeNet5, DistanceMetric.L2)]
    [InlineData(Architecture.ResNet8, DistanceMetric.L1)]
    [InlineData(Architecture.ResNet8, DistanceMetric.Chebyshev)]
    public void Every_stage_runs_and_the_result_still_knows_the_toy_classes(Architecture architecture, DistanceMetric metric)
    {
        var data = ToyData.Bars(160, seed: 1);
        var stages = new HashSet<string>();
        var options = Small with { Quantisation = new() { Metric = metric }, FineTuning = AllStages };

        var result = LutBoost.Convert(
            networks.Get(architecture, 1), data, options, new Recorder(stages), TestContext.Current.CancellationToken);

        Assert.Superset(new HashSet<string> { "centroid calibration", "joint training", "table training" }, stages);
        Assert.Equal(result.Network.Nodes.OfType<LutNode>().Select(node => node.Name), result.Layers.Select(layer => layer.Name));
        Assert.True(GoldenAccuracy(result.Network, ToyData.Bars(50, seed: 3)) > 0.8);
    }

    [Fact]
    public void An_exported_network_that_differs_from_the_trained_one_is_found()
    {
        var data = ToyData.Bars(40, seed: 2);
        using var source = NormFolding.Fold(networks.Get(Architecture.LeNet5, 1));
        using var calibration = CalibrationValues.Of(source, data, 40, seed: 1);
        using var network = new LutNetwork(source, Small.Quantisation, ScalePlan.Of(source, calibration.Values, Small.Quantisation));
        SequentialConversion.Run(network, calibration, heldOut: null, Small, progress: null, TestContext.Current.CancellationToken);
        var exported = NetworkExporter.Export(network, "toy", ImmutableSortedDictionary<string, string>.Empty);

        Assert.Equal(40 * 4, ExportCheck.Run(network, exported, data));

        using (no_grad()) network.Matrices.Values.OfType<LutMatrix>().Last().Bias.add_(1000);
        Assert.Throws<InvalidOperationException>(() => ExportCheck.Run(network, exported, data));
    }

    [Fact]
    public void Features_count_as_long_as_asked()
    {
        var (none, all, half) = (Trained(0, 1), Trained(10, 1), Trained(10, 0.5));
        Assert.Equal(none, Trained(10, 0));
        Assert.NotEqual(none, all);
        Assert.NotEqual(none, half);
        Assert.NotEqual(all, half);

        // The first layer's table.
        int[] Trained(double weight, double share)
        {
            var tuning = new FineTuningOptions
            {
                TableVisits = 200, BatchImages = 20, LearningRate = 0.05, FeatureWeight = weight, FeatureShare = share,
            };
            var result = LutBoost.Convert(
                networks.Get(Architecture.LeNet5, 1), ToyData.Bars(40, seed: 2), Small with { FineTuning = tuning }, progress: null,
                TestContext.Current.CancellationToken);
            return [.. result.Network.Nodes.OfType<LutNode>().First().Layer.Tables.ToArray()];
        }
    }

    [Fact]
    public void Gradients_end_at_blocks_while_they_learn_alone()
    {
        var data = ToyData.Bars(40, seed: 2);
        using var source = NormFolding.Fold(networks.Get(Architecture.ResNet8, 1));
        using var calibration = CalibrationValues.Of(source, data, 40, seed: 1);
        using var network = new LutNetwork(source, Small.Quantisation, ScalePlan.Of(source, calibration.Values, Small.Quantisation));
        SequentialConversion.Run(network, calibration, heldOut: null, Small, progress: null, TestContext.Current.CancellationToken);
        var additions = network.Graph.Operations.OfType<AddOperation>().Select(op => op.Name).ToArray();
        network.Matrices.Values.OfType<LutMatrix>().First().Residual.requires_grad_();
        bool Reaches(bool endsAtBlocks)
        {
            var pass = new TrainingPass(
                0, FollowCentroids: false, NormalisesBatches: false, endsAtBlocks, SoftTemperature: 0, new Random(1));
            return network.Results(calibration.Batch.Levels(network.InputCodes()), pass)[additions[1]].requires_grad;
        }

        // The first layer's table, from the second block's result.
        Assert.False(Reaches(endsAtBlocks: true));
        Assert.True(Reaches(endsAtBlocks: false));
    }

    [Fact]
    public void Normalised_training_of_a_deep_network_becomes_integers_that_still_know_the_toy_classes()
    {
        var data = ToyData.Bars(160, seed: 1, channels: 3);
        var options = Small with
        {
            Quantisation = new() { VectorLength = 2 },
            FineTuning = ConversionOptions.Deep.FineTuning with { TableVisits = 320, BatchImages = 16 },
        };

        var result = LutBoost.Convert(
            networks.Get(Architecture.ResNet20, 3), data, options, progress: null, TestContext.Current.CancellationToken);

        Assert.Contains(result.Network.Nodes, node => node is ChannelPadNode);
        var logits = new int[10 * 4];
        new GoldenEngine(result.Network).Infer(data.Images.AsSpan(0, 10 * data.ImageBytes), 10, logits);
        for (var i = 0; i < 10; i++) Assert.Equal(GoldenNetwork.Run(result.Network, data.Image(i)), logits[(4 * i)..(4 * i + 4)]);
        Assert.True(GoldenAccuracy(result.Network, ToyData.Bars(50, seed: 3, channels: 3)) > 0.8);
    }

    [Fact]
    public void A_cancelled_training_goes_on_to_the_same_network_as_one_that_ran_through()
    {
        var data = ToyData.Bars(160, seed: 1);
        var options = Small with { FineTuning = AllStages with { TableVisits = 2560, BatchNormalisation = true } };
        var whole = Convert(options, data);
        var kept = options with { CheckpointPath = _folder.File("run.ckpt") };
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAt("table training", cancellation);

        Assert.Throws<OperationCanceledException>(
            () => LutBoost.Convert(networks.Get(Architecture.LeNet5, 1), data, kept, progress, cancellation.Token));
        Assert.Equal(["run.ckpt"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        var resumed = Convert(kept, data);

        ArtefactFile.Write(_folder.File("whole"), whole with { Provenance = ImmutableSortedDictionary<string, string>.Empty });
        ArtefactFile.Write(_folder.File("resumed"), resumed with { Provenance = ImmutableSortedDictionary<string, string>.Empty });
        Assert.Equal(File.ReadAllBytes(_folder.File("whole")), File.ReadAllBytes(_folder.File("resumed")));
    }

    [Fact]
    public void A_checkpoint_serves_only_the_training_that_wrote_it()
    {
        var data = ToyData.Bars(160, seed: 1);
        var trained = Small with { FineTuning = AllStages, CheckpointPath = _folder.File("run.ckpt") };
        using var cancellation = new CancellationTokenSource();
        var network = networks.Get(Architecture.LeNet5, 1);
        Assert.Throws<OperationCanceledException>(
            () => LutBoost.Convert(network, data, trained, new CancelAt("joint training", cancellation), cancellation.Token));

        ArtefactFile.Write(_folder.File("without"), Convert(Small, data));
        ArtefactFile.Write(_folder.File("beside"), Convert(Small with { CheckpointPath = trained.CheckpointPath }, data));
        Assert.Equal(File.ReadAllBytes(_folder.File("without")), File.ReadAllBytes(_folder.File("beside")));

        using var other = network.InPrecision(ScalarType.Float32);
        using (no_grad()) other.Tensors["conv1.weight"].mul_(tensor(1.01f));
        byte[] pixels = [.. data.Images[..^1], (byte)(data.Images[^1] + 1)];
        foreach (var (source, images) in new[] { (other, data), (network, data with { Images = pixels }) })
        {
            var problem = Assert.Throws<InvalidInputException>(
                () => LutBoost.Convert(source, images, trained, cancellation: TestContext.Current.CancellationToken));
            Assert.Equal("origin", Assert.Single(problem.Problems).Key);
        }
    }

    [Fact]
    public void Training_lowers_the_distillation_loss()
    {
        var losses = new List<double>();
        // Two bits a table entry leave much to learn.
        var options = Small with
        {
            Quantisation = new() { TableBits = 3, ActivationBits = 4 },
            FineTuning = AllStages with { CentroidVisits = 0, JointVisits = 0, TableVisits = 16 * 400 },
        };
        LutBoost.Convert(
            networks.Get(Architecture.LeNet5, 1), ToyData.Bars(160, seed: 1), options, new LossRecorder(losses),
            TestContext.Current.CancellationToken);
        Assert.Equal(4, losses.Count);
        Assert.True(losses[^1] < losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
    }

    [Fact]
    public void Options_out_of_range_are_named_all_at_once()
    {
        var options = Small with { Quantisation = new() { VectorLength = 17, CentroidCount = 1, TableBits = 1, ActivationBits = 3 } };
        var fault = Assert.Throws<InvalidInputException>(() => Convert(options, ToyData.Bars(8, seed: 1)));
        Assert.Equal(
            ["activation_bits", "centroid_count", "table_bits", "vector_length"],
            fault.Problems.Select(problem => problem.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Soft_assignment_is_for_L2()
    {
        var options =
            Small with { Quantisation = new() { Metric = DistanceMetric.L1 }, FineTuning = AllStages with { SoftTemperature = 1 } };
        Assert.Equal(
            "soft_temperature",
            Assert.Single(Assert.Throws<InvalidInputException>(() => Convert(options, ToyData.Bars(8, seed: 1))).Problems).Key);
    }

    public static TheoryData<string, FineTuningOptions> BadTraining { get; } = new()
    {
        { "following_share", new() { FollowingShare = 1.1 } },
        { "following_share", new() { FollowingShare = double.NaN } },
        { "temperature", new() { Temperature = 0 } },
        { "batch_images", new() { BatchImages = 0 } },
        { "table_visits", new() { TableVisits = -1 } },
        { "learning_rate", new() { LearningRate = -1 } },
        { "block_share", new() { BlockShare = 0.5 } },
        { "block_share", new() { BlockShare = 1.5, FeatureWeight = 1 } },
        { "soft_temperature_rate", new() { SoftTemperatureRate = 1 } },
        { "soft_temperature_rate", new() { SoftTemperature = 1, SoftTemperatureRate = -1 } },
        { "augmentation.shift_pixels", new() { Augmentation = new(-1, Mirror: false) } },
    };

    [Theory]
    [MemberData(nameof(BadTraining))]
    public void Training_options_out_of_range_are_named(string key, FineTuningOptions training)
    {
        var fault = Assert.Throws<InvalidInputException>(() => Convert(Small with { FineTuning = training }, ToyData.Bars(8, seed: 1)));
        Assert.Equal(key, Assert.Single(fault.Problems).Key);
    }

    [Fact]
    public void Labels_of_more_classes_than_the_network_has_are_refused()
    {
        var fault = Assert.Throws<InvalidInputException>(() => Convert(Small, ToyData.Bars(8, seed: 1) with { Classes = 10 }));
        Assert.Equal(("classes", "10"), (fault.Problems[0].Key, fault.Problems[0].Value));
    }

    [Fact]
    public void Images_of_another_shape_are_refused()
    {
        var fault = Assert.Throws<InvalidInputException>(() => Convert(Small, ToyData.Bars(8, seed: 1, channels: 3)));
        Assert.Equal("image shape", fault.Problems[0].Key);
    }

    private QuantizedNetwork Convert(ConversionOptions options, Dataset data) =>
        LutBoost.Convert(
            networks.Get(Architecture.LeNet5, 1), data, options, progress: null, TestContext.Current.CancellationToken).Network;

    private static double GoldenAccuracy(QuantizedNetwork network, Dataset data)
    {
        var right = Enumerable.Range(0, data.Count).Count(i =>
        {
            var logits = GoldenNetwork.Run(network, data.Image(i));
            return Array.IndexOf(logits, logits.Max()) == data.Labels[i];
        });
        return (double)right / data.Count;
    }

    private sealed class Recorder(HashSet<string> stages) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => stages.Add(value.Stage);
    }

    private sealed class LossRecorder(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Loss is { } loss) losses.Add(loss);
        }
    }

    private sealed class CancelAt(string stage, CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == stage) cancellation.Cancel();
        }
    }
}
