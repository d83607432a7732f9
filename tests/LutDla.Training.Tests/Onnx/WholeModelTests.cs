using LutDla.Benchmarks.Onnx;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Onnx;
using LutDla.Networks.Onnx.Evaluation;
using LutDla.Networks.Runtime;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Whole models against ONNX Runtime.</summary>
public sealed class WholeModelTests
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData("convolutions", false)]
    [InlineData("convolutions", true)]
    [InlineData("attention", false)]
    [InlineData("old", false)]
    [InlineData("new", false)]
    public void A_small_model_gives_what_ONNX_Runtime_gives(string name, bool folds)
    {
        Check(name, SampleModels.Of(name), new OnnxImportOptions { Batch = 3, FoldsNormalisation = folds });
    }

    [Fact]
    public void The_ResNet8_of_the_benchmarks_gives_what_ONNX_Runtime_gives()
    {
        TorchRuntime.EnsureLoaded();
        using var network = FloatNetwork.Create(
            Architectures.Build(Architecture.ResNet8, 28, 28, 1, 10), new PixelNormalisation([0.5f], [0.25f]), seed: 1);
        Check("resnet8", OnnxWriter.Write(OnnxExport.Of(network)), new OnnxImportOptions { Batch = 4 });
    }

    [Theory]
    [InlineData("mnist_cntk_ort.onnx")]
    [InlineData("iris_mlp_winml.onnx")]
    public void A_published_model_gives_what_ONNX_Runtime_gives(string file)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("LUTDLA_DATA") ?? "", "onnx", file);
        Assert.SkipUnless(File.Exists(path), $"LUTDLA_DATA names no folder that holds onnx/{file}.");
        Check(file, File.ReadAllBytes(path), new OnnxImportOptions());
    }

    private static void Check(string name, byte[] model, OnnxImportOptions options)
    {
        using var folder = new TemporaryFolder();
        var graph = OnnxImport.Read(folder.Write("model.onnx", model), options);
        var input = Assert.Single(graph.Inputs);
        var values = Values.Random(7, [.. input.Shape]);

        using var evaluator = new GraphEvaluator(graph);
        var found = evaluator.Run(new Dictionary<string, ImportedConstant> { [input.Name] = values })[0];

        var difference = Values.Difference(OnnxRuntimeResult.Of(model, input.Name, values), found);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {graph.Operations.Length} operations, largest difference {difference}");
        Assert.True(difference <= Tolerance, $"It differs by {difference}.");
    }
}
