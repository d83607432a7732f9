using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.FloatTraining;
using LutDla.Training.Optimisation;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

public sealed class FloatNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FloatNetworkTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public static TheoryData<Architecture, int> Shapes { get; } = new(
        from architecture in new[] { Architecture.LeNet5, Architecture.ResNet8, Architecture.ResNet20 }
        from channels in new[] { 1, 3 }
        select (architecture, channels));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Training_lowers_the_loss_and_learns_the_toy_classes(Architecture architecture, int channels)
    {
        var losses = new List<double>();
        var options =
            new FloatTrainingOptions { Architecture = architecture, Epochs = 8, BatchImages = 16, Augmentation = Augmentation.None };

        using var network = Train(options, ToyData.Bars(160, seed: 1, channels), new Collector(losses));

        Assert.True(losses[^1] < 0.7 * losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.True(network.Accuracy(ToyData.Bars(100, seed: 2, channels), TestContext.Current.CancellationToken) > 0.9);
    }

    [Fact]
    public void A_cancelled_run_goes_on_to_the_same_weights_as_one_that_ran_through()
    {
        var data = ToyData.Bars(64, seed: 3);
        var options = new FloatTrainingOptions { Architecture = Architecture.ResNet8, Epochs = 3, BatchImages = 16 };
        using var whole = Train(options, data);
        var kept = options with { CheckpointPath = _folder.File("run.ckpt") };
        using var cancellation = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => FloatTrainer.Train(kept, data, new Canceller(cancellation), cancellation.Token));
        Assert.Equal(["run.ckpt"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        using var resumed = Train(kept, data);

        foreach (var (name, tensor) in whole.Tensors)
            Assert.Equal(tensor.data<float>().ToArray(), resumed.Tensors[name].data<float>().ToArray());
    }

    [Fact]
    public void A_checkpoint_of_other_options_is_refused()
    {
        var data = ToyData.Bars(16, seed: 3);
        var options = new FloatTrainingOptions
        {
            Architecture = Architecture.LeNet5, Epochs = 1, BatchImages = 16, CheckpointPath = _folder.File("run.ckpt"),
        };
        Train(options, data).Dispose();

        var fault = Assert.Throws<InvalidInputException>(() => Train(options with { Seed = 2 }, data));

        Assert.Equal("origin", fault.Problems[0].Key);
    }

    [Fact]
    public void Folded_normalisation_computes_the_same()
    {
        var options = new FloatTrainingOptions { Architecture = Architecture.ResNet8, Epochs = 2, BatchImages = 16 };
        var data = ToyData.Bars(64, seed: 4);
        using var network = Train(options, data);
        using var folded = NormFolding.Fold(network);
        using var images = ImageBatch.Whole(data, Enumerable.Range(0, 8)).Images(network.Normalisation);

        using var difference = (network.Forward(images) - folded.Forward(images)).abs().max();

        Assert.True(difference.item<float>() < 1e-4f, $"{difference.item<float>()}");
        Assert.All(folded.Graph.Operations.OfType<MatrixOperation>(), op => Assert.False(op.Normalised));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_written_network_is_read_back_as_it_was(Architecture architecture, int channels)
    {
        using var network = Untrained(architecture, channels);
        FloatNetworkFile.Write(_folder.File("n.safetensors"), network);

        using var read = FloatNetworkFile.Read(_folder.File("n.safetensors"));

        Assert.Equal(network.Normalisation.Mean, read.Normalisation.Mean);
        Assert.Equal(network.Normalisation.Deviation, read.Normalisation.Deviation);
        Assert.Equal("7", read.Provenance["seed"]);
        foreach (var (name, tensor) in network.Tensors)
            Assert.Equal(tensor.data<float>().ToArray(), read.Tensors[name].data<float>().ToArray());
    }

    [Theory]
    [InlineData("architecture", "resnet9000")]
    [InlineData("architecture", null)]
    [InlineData("input", "28x28")]
    [InlineData("input", "99999999999x28x1")]
    [InlineData("input", "2000000000x2000000000x4")]
    [InlineData("classes", "-3")]
    [InlineData("classes", "many")]
    [InlineData("mean", "NaN")]
    [InlineData("mean", "0 0 0")]
    [InlineData("deviation", "0")]
    public void Metadata_that_makes_no_network_are_refused(string key, string? value)
    {
        using var network = Untrained(Architecture.LeNet5, channels: 1);
        FloatNetworkFile.Write(_folder.File("good"), network);
        using (var good = SafetensorsReader.Open(_folder.File("good")))
        {
            var metadata = value is null ? good.Metadata.Remove(key) : good.Metadata.SetItem(key, value);
            SafetensorsWriter.Write(
                _folder.File("bad"), metadata, network.Tensors.Select(pair => TensorBytes.Encode(pair.Key, pair.Value)));
        }

        Assert.StartsWith(
            _folder.File("bad"), Assert.Throws<InvalidInputException>(() => FloatNetworkFile.Read(_folder.File("bad"))).Message);
    }

    [Fact]
    public void Every_tensor_that_does_not_fit_is_named()
    {
        using var network = Untrained(Architecture.LeNet5, channels: 1);
        FloatNetworkFile.Write(_folder.File("good"), network);
        using (var good = SafetensorsReader.Open(_folder.File("good")))
        {
            var tensors = network.Tensors.Where(pair => pair.Key != "fc1.bias").Select(pair => TensorBytes.Encode(pair.Key, pair.Value))
                .Select(tensor => tensor.Name == "fc2.bias" ? tensor with { Name = "fc9.bias" } : tensor);
            SafetensorsWriter.Write(_folder.File("bad"), good.Metadata, tensors);
        }

        var fault = Assert.Throws<InvalidInputException>(() => FloatNetworkFile.Read(_folder.File("bad")));

        Assert.Equal(["fc1.bias", "fc2.bias", "fc9.bias"], fault.Problems.Select(problem => problem.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, "content")]
    [InlineData(7, "file")]
    [InlineData(8, "header length")]
    [InlineData(200, "header length")]
    [InlineData(-1, ".data_offsets")]
    [InlineData(-1000, ".data_offsets")]
    public void Cut_weights_are_refused(int bytes, string key)
    {
        var whole = UntrainedFile();
        var cut = _folder.Write("cut", bytes < 0 ? whole[..(whole.Length + bytes)] : whole[..bytes]);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => FloatNetworkFile.Read(cut)).Problems);

        Assert.Equal(cut, problem.File);
        Assert.EndsWith(key, problem.Key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20 }, "content")] // a pickle of PyTorch
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0 }, "content")] // a zip, as PyTorch writes it now
    [InlineData(new byte[] { 0, 225, 245, 5, 0, 0, 0, 0, (byte)'{' }, "header length")] // 100 MB of header announced
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127 }, "header length")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "architecture")]
    public void A_file_of_another_kind_is_refused(byte[] content, string key)
    {
        var file = _folder.Write("other", content);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => FloatNetworkFile.Read(file)).Problems);

        Assert.Equal((file, key), (problem.File, problem.Key));
    }

    [Theory]
    [InlineData(float.NaN, "fc3.weight")]
    [InlineData(float.PositiveInfinity, "fc3.weight")]
    [InlineData(float.NegativeInfinity, "conv1.bias")]
    [InlineData(1e30f, "conv1.bias")]
    public void A_weight_that_is_not_finite_is_named(float value, string name) =>
        Assert.Equal($"{name}[0]", ProblemOfFilled(Architecture.LeNet5, name, value).Key);

    [Fact]
    public void A_negative_variance_is_refused() =>
        Assert.Equal("A variance must not be negative.", ProblemOfFilled(Architecture.ResNet8, "conv1.norm.running_var", -1).Rule);

    [Fact]
    public void Tensors_of_another_shape_or_type_are_all_named()
    {
        using var network = Untrained(Architecture.LeNet5, channels: 1);
        UntrainedFile();
        using (var good = SafetensorsReader.Open(_folder.File("good")))
        {
            SafetensorsWriter.Write(_folder.File("bad"), good.Metadata, network.Tensors.Select(pair => pair.Key switch
            {
                "fc1.bias" => TensorData.FromSingles(pair.Key, [1, 120], new float[120]),
                "fc2.bias" => TensorData.FromIntegers(pair.Key, [84], new int[84]),
                _ => TensorBytes.Encode(pair.Key, pair.Value),
            }));
        }

        var fault = Assert.Throws<InvalidInputException>(() => FloatNetworkFile.Read(_folder.File("bad")));

        Assert.Equal(
            [("fc1.bias", "F32 [1, 120]", "It must be F32 [120]."), ("fc2.bias", "I8 [84]", "It must be F32 [84].")],
            fault.Problems.Select(problem => (problem.Key, problem.Value, problem.Rule)).Order());
    }

    [Fact]
    public void Images_that_the_architecture_does_not_take_are_refused()
    {
        var small = new Dataset { Name = "small", Images = new byte[25], Labels = [0], Height = 5, Width = 5, Channels = 1, Classes = 4 };
        var options =
            new FloatTrainingOptions { Architecture = Architecture.LeNet5, Epochs = 1, CheckpointPath = _folder.File("run.ckpt") };

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => Train(options, small)).Problems);

        Assert.Equal(("small", "height", "5", "It must be 16 to 64."), (problem.File, problem.Key, problem.Value, problem.Rule));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private InputProblem ProblemOfFilled(Architecture architecture, string tensor, float value)
    {
        using var network = Untrained(architecture, channels: 1);
        using (no_grad()) network.Tensors[tensor].fill_(value);
        FloatNetworkFile.Write(_folder.File("bad"), network);
        return Assert.Single(Assert.Throws<InvalidInputException>(() => FloatNetworkFile.Read(_folder.File("bad"))).Problems);
    }

    private byte[] UntrainedFile()
    {
        using var network = Untrained(Architecture.LeNet5, channels: 1);
        FloatNetworkFile.Write(_folder.File("good"), network);
        return File.ReadAllBytes(_folder.File("good"));
    }

    private static FloatNetwork Train(FloatTrainingOptions options, Dataset data, IProgress<TrainingProgress>? progress = null) =>
        FloatTrainer.Train(options, data, progress, TestContext.Current.CancellationToken);

    private static FloatNetwork Untrained(Architecture architecture, int channels)
    {
        var data = ToyData.Bars(8, seed: 5, channels);
        var network = FloatNetwork.Create(Architectures.Build(architecture, 16, 16, channels, 4), PixelNormalisation.Of(data), seed: 7);
        return new FloatNetwork(network.Graph, network.Normalisation, new(network.Tensors.ToDictionary(), StringComparer.Ordinal))
        {
            Provenance = network.Provenance.Add("seed", "7"),
        };
    }

    private sealed class Collector(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss ?? 0);
    }

    private sealed class Canceller(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => cancellation.Cancel();
    }
}
