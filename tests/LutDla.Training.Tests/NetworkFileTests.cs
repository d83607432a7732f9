using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Runtime;
using LutDla.Training.Tests.Onnx;
using LutDla.Training.Tests.PyTorch;

namespace LutDla.Training.Tests;

public sealed class NetworkFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NetworkFileTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_recognised_by_what_is_in_them_whatever_their_name()
    {
        using var own = FloatNetwork.Create(
            Architectures.For(Architecture.LeNet5, ToyData.Bars(1, seed: 1)), new PixelNormalisation([0], [1]), seed: 1);
        FloatNetworkFile.Write(_folder.File("own.onnx"), own);
        var onnx = _folder.Write("onnx.safetensors", Classifier(ToyData.Side * ToyData.Side));
        var (zip, legacy) = (_folder.Write("zip.onnx", WeightFile.Zip([])), _folder.Write("legacy", WeightFile.LegacyStart));

        Assert.Equal(
            [WeightFormat.Safetensors, WeightFormat.Onnx, WeightFormat.PyTorch, WeightFormat.PyTorch],
            new[] { _folder.File("own.onnx"), onnx, zip, legacy }.Select(WeightFormats.Of));
        using var read = NetworkFile.Read(_folder.File("own.onnx"), ToyData.Bars(1, seed: 1), null, [], []);
        Assert.Equal(own.Graph.Architecture, read.Graph.Architecture);
    }

    [Theory]
    [InlineData("model.ONNX", WeightFormat.Onnx)]
    [InlineData("model.pth", WeightFormat.PyTorch)]
    [InlineData("model", WeightFormat.Safetensors)]
    public void Where_the_content_says_nothing_the_name_decides(string name, WeightFormat format)
    {
        Assert.Equal(format, WeightFormats.Of(_folder.Write(name, [0])));
        // A header of that many bytes does not fit in the file.
        Assert.Equal(format, WeightFormats.Of(_folder.Write(name, "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001{"u8.ToArray())));
    }

    [Theory]
    [InlineData("net.onnx", Architecture.LeNet5, "architecture = lenet5: An ONNX file says its network itself.")]
    [InlineData("net.pth", null, "architecture = missing: Weights of PyTorch do not say which network they belong to.")]
    public void What_a_file_says_is_not_given_besides_and_what_it_does_not_say_is(string name, Architecture? architecture, string message)
    {
        var path = _folder.Write(name, [0]);

        var fault = Assert.Throws<InvalidInputException>(() => NetworkFile.Read(path, ToyData.Bars(1, seed: 1), architecture, [], []));

        Assert.Equal($"{path}: {message}", Told(fault));
    }

    [Theory]
    [InlineData("net.h5", "\u0089HDF\r\n\u001a\n", "an HDF5 file, as Keras writes it")]
    [InlineData("net.onnx", "<html>", "a web page, or XML")]
    [InlineData("net.tar", "GGUF", "a GGUF file")]
    public void A_file_of_another_format_is_called_what_it_is(string name, string content, string format)
    {
        var path = _folder.Write(name, System.Text.Encoding.Latin1.GetBytes(content));

        var fault = Assert.Throws<InvalidInputException>(() => NetworkFile.Read(path, ToyData.Bars(1, seed: 1), null, [], []));

        Assert.Equal(
            $"{path}: content = {format}: Weights come as ONNX, as safetensors, or as torch.save writes them.", Told(fault));
    }

    // Checkpoints of training scripts are often called so.
    [Theory]
    [InlineData("checkpoint.pth.tar")]
    [InlineData("pytorch_model.bin")]
    [InlineData("epoch=3.ckpt")]
    public void Weights_of_PyTorch_are_recognised_whatever_they_are_called(string name) =>
        Assert.Equal(WeightFormat.PyTorch, WeightFormats.Of(_folder.Write(name, WeightFile.LegacyStart)));

    [Fact]
    public void A_converted_network_is_no_float_network()
    {
        SafetensorsWriter.Write(_folder.File("lut"), new Dictionary<string, string> { ["format"] = "lutdla" }, []);

        var path = _folder.File("lut");
        var fault = Assert.Throws<InvalidInputException>(() => NetworkFile.Read(path, ToyData.Bars(1, seed: 1), null, [], []));

        Assert.Equal($"{path}: format = lutdla: This network is converted already.", Told(fault));
    }

    [Fact]
    public void Examples_that_are_numbers_must_have_the_shape_that_an_ONNX_network_takes()
    {
        var examples = ToyData.Bars(1, seed: 1) with { Meaning = new PixelNormalisation([0], [1]) };
        using var fits = NetworkFile.Read(_folder.Write("fits.onnx", Classifier(1, ToyData.Side, ToyData.Side)), examples, null, [], []);
        Assert.Equal(examples.Meaning, fits.Normalisation);

        var path = _folder.Write("other.onnx", Classifier(3, ToyData.Side, ToyData.Side));
        var fault = Assert.Throws<InvalidInputException>(() => NetworkFile.Read(path, examples, null, [], []));

        Assert.Equal("bars: inputs = 16x16x1: The network takes 16x16x3.", Told(fault));
    }

    [Fact]
    public void A_network_of_tokens_is_no_classifier_of_images_and_no_ONNX_file()
    {
        SafetensorsWriter.Write(_folder.File("images"), new Dictionary<string, string> { ["architecture"] = "lenet5" }, []);
        Assert.Equal("format", Key(() => NetworkFile.ReadTokens(_folder.Write("net.onnx", [0]))));
        Assert.Equal("input", Key(() => NetworkFile.ReadTokens(_folder.File("images"))));

        using var own = FloatNetwork.Create(
            Architectures.For(Architecture.LeNet5, ToyData.Bars(1, seed: 1)), new PixelNormalisation([0], [1]), seed: 1);
        FloatNetworkFile.Write(_folder.File("images"), own);
        Assert.Equal("architecture", Key(() => NetworkFile.ReadTokens(_folder.File("images"))));

        static string Key(Action read) => Assert.Single(Assert.Throws<InvalidInputException>(read).Problems).Key;
    }

    private static string Told(InvalidInputException fault)
    {
        var problem = Assert.Single(fault.Problems);
        return $"{problem.File}: {problem.Key} = {problem.Value}: {problem.Rule}";
    }

    private static byte[] Classifier(params long[] shape)
    {
        var numbers = shape.Aggregate(1L, (product, side) => product * side);
        return new ModelBuilder(13).Input("x", ["n", .. shape.Cast<object>()]).Output("scores").Node("Flatten", "x", "f")
            .Weights("w", numbers, 4).Weights("b", 4).Node("Gemm", "f w b", "scores").ToArray();
    }
}
