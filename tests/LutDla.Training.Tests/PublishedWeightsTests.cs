using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

public sealed class PublishedWeightsTests : IDisposable
{
    private static readonly PixelNormalisation Normalisation = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    private static readonly string? Data = Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable);

    private readonly TemporaryFolder _folder = new();

    public PublishedWeightsTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public static TheoryData<Architecture, int> Layers { get; } = new()
    {
        { Architecture.ResNet20, 20 }, { Architecture.ResNet32, 32 }, { Architecture.ResNet56, 56 }, { Architecture.Vgg11, 9 },
        // Three shortcuts with convolutions, for ResNet-50 four.
        { Architecture.ResNet18, 18 + 3 }, { Architecture.ResNet34, 34 + 3 }, { Architecture.ResNet50, 50 + 4 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layers))]
    public void Networks_have_as_many_layers_as_their_names_say_and_tell_the_classes(Architecture architecture, int layers)
    {
        var graph = Architectures.Build(architecture, 32, 32, 3, 7);
        using var network = FloatNetwork.Create(graph, Normalisation, seed: 1);

        Assert.Equal(layers, graph.Operations.OfType<MatrixOperation>().Count());
        using var noGradient = no_grad();
        using var logits = network.Forward(randn(2, 3, 32, 32));
        Assert.Equal([2, 7], logits.shape);
    }

    [Theory]
    [InlineData(Architecture.ResNet20, "layer2.0.conv1.norm.weight", "layer2.0.bn1.weight")]
    [InlineData(Architecture.ResNet50, "layer1.0.downsample.0.norm.running_mean", "layer1.0.downsample.1.running_mean")]
    [InlineData(Architecture.Vgg11, "features.4.norm.bias", "features.5.bias")]
    [InlineData(Architecture.Vgg11, "classifier.bias", "classifier.bias")]
    public void Normalisations_stand_beside_their_convolutions(Architecture architecture, string ours, string published)
    {
        var graph = Architectures.Build(architecture, 32, 32, 3, 10);
        Assert.Contains(ours, graph.TensorShapes.Select(pair => pair.Key));
        Assert.Equal(published, PublishedWeights.PublishedName(graph, ours));
    }

    [Fact]
    public void Of_what_may_be_published_every_tensor_has_a_name()
    {
        foreach (var architecture in PublishedWeights.Architectures)
        {
            var graph = Architectures.Build(architecture, 32, 32, 3, 10);
            var names = graph.TensorShapes.Select(pair => PublishedWeights.PublishedName(graph, pair.Key)).ToList();
            Assert.Distinct(names);
        }
    }

    [Fact]
    public void A_written_network_is_read_again_under_published_names()
    {
        var graph = Architectures.Build(Architecture.ResNet20, 16, 16, 3, 4);
        using var network = FloatNetwork.Create(graph, Normalisation, seed: 3);
        var path = Write(network, graph, _ => true);

        using var read = PublishedWeights.Read(path, graph, Normalisation);

        foreach (var (name, values) in network.Tensors)
            Assert.Equal(values.data<float>().ToArray(), read.Tensors[name].data<float>().ToArray());
    }

    [Fact]
    public void Missing_and_unknown_tensors_are_all_named()
    {
        var graph = Architectures.Build(Architecture.ResNet20, 16, 16, 3, 4);
        using var network = FloatNetwork.Create(graph, Normalisation, seed: 3);
        var path = Write(network, graph, name => name != "bn1.weight" && name != "linear.bias");

        var fault = Assert.Throws<InvalidInputException>(() => PublishedWeights.Read(path, graph, Normalisation));
        Assert.Equal(["bn1.weight", "linear.bias"], fault.Problems.Select(problem => problem.Key).Order(StringComparer.Ordinal));

        var smaller = Architectures.Build(Architecture.ResNet20, 16, 16, 3, 3);
        fault = Assert.Throws<InvalidInputException>(() => PublishedWeights.Read(path, smaller, Normalisation));
        Assert.Contains("linear.weight", fault.Problems.Select(problem => problem.Key));
        var other = Architectures.Build(Architecture.ResNet32, 16, 16, 3, 4);
        fault = Assert.Throws<InvalidInputException>(() => PublishedWeights.Read(path, other, Normalisation));
        Assert.Contains("layer1.4.conv2.weight", fault.Problems.Select(problem => problem.Key));
    }

    [Theory]
    [InlineData("resnet20-12fca82f.th", "resnet20", Architecture.ResNet20)]
    [InlineData("resnet20.safetensors", "resnet20", Architecture.ResNet20)]
    [InlineData("resnet32.safetensors", "resnet32", Architecture.ResNet32)]
    [InlineData("resnet56.safetensors", "resnet56", Architecture.ResNet56)]
    public void Published_networks_give_their_published_logits(string file, string name, Architecture architecture)
    {
        var folder = Path.Combine(Data ?? "", "cifar10-resnet");
        Assert.SkipUnless(Directory.Exists(folder), $"{DatasetSource.EnvironmentVariable} names no folder with cifar10-resnet.");
        const int Images = 100;
        var test = DatasetSource.Load(DatasetName.Cifar10, DatasetPart.Test).Take(Images);
        using var network = PublishedWeights.Read(Path.Combine(folder, file), Architectures.For(architecture, test), Normalisation);
        var bytes = File.ReadAllBytes(Path.Combine(folder, $"{name}_test_logits_10000x10_f32le.bin"));

        using var noGradient = no_grad();
        var logits = network.Forward(ImageBatch.Whole(test, Enumerable.Range(0, Images)).Images(Normalisation)).contiguous().data<float>()
            .ToArray();

        for (var i = 0; i < logits.Length; i++) Assert.Equal(BitConverter.ToSingle(bytes, 4 * i), logits[i], 2e-3f);
    }

    private string Write(FloatNetwork network, FloatGraph graph, Func<string, bool> isKept)
    {
        var path = _folder.File("published.safetensors");
        SafetensorsWriter.Write(path, new Dictionary<string, string>(), network.Tensors
            .Select(pair => TensorBytes.Encode(PublishedWeights.PublishedName(graph, pair.Key), pair.Value))
            .Where(tensor => isKept(tensor.Name)));
        return path;
    }
}
