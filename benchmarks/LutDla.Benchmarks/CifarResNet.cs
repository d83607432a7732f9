using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Training.Formats;

namespace LutDla.Benchmarks;

/// <summary>The published ResNet-20 and CIFAR-10, its data.</summary>
internal sealed record CifarResNet(FloatNetwork Network, Dataset Train, Dataset Test) : IDisposable
{
    private const string WeightsPath = "cifar10-resnet/resnet20.safetensors";

    /// <summary>All 3 x 3 convolutions are looked up; the last layer keeps its products.</summary>
    public static QuantisationOptions Format { get; } = new() { Layers = LayerRuleList.Parse(["linear=exact"]) };

    /// <summary>Null, and a line that says so, where LUTDLA_DATA names no folder that has both.</summary>
    public static CifarResNet? Find(string benchmark, TextWriter output)
    {
        var folder = Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable) ?? "";
        var (weights, images) = (Path.Combine(folder, WeightsPath), Path.Combine(folder, DatasetSource.FolderName(DatasetName.Cifar10)));
        if (!File.Exists(weights) || !Directory.Exists(images))
        {
            output.WriteLine(
                $"{benchmark}: skipped, there are no {WeightsPath} and {Path.GetFileName(images)} "
                + $"under {DatasetSource.EnvironmentVariable}");
            return null;
        }

        var (train, test) = DatasetSource.LoadBoth(DatasetName.Cifar10, images);
        var normalisation = PixelNormalisation.Given("CIFAR-10", [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f], train.Channels);
        return new(PublishedWeights.Read(weights, Architectures.For(Architecture.ResNet20, train), normalisation), train, test);
    }

    public void Dispose() => Network.Dispose();
}
