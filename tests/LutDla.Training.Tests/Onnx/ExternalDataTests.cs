using System.Runtime.InteropServices;
using LutDla.Benchmarks.Onnx;
using LutDla.Boundary;
using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Weights in files beside the model: read from its folder, and from nowhere else.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExternalDataTests()
    {
        Directory.CreateDirectory(_folder.File("model/weights"));
        _folder.Write("secret.bin", MemoryMarshal.AsBytes<float>([7, 8]).ToArray());
        _folder.Write("model/weights/w.bin", MemoryMarshal.AsBytes<float>([1, 2, 3, 4]).ToArray());
        File.CreateSymbolicLink(_folder.File("model/link.bin"), _folder.File("secret.bin"));
        Directory.CreateSymbolicLink(_folder.File("model/up"), _folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0", 1, 2)]
    [InlineData("8", 3, 4)]
    public void Weights_are_read_from_a_file_in_the_folder(string offset, float first, float second)
    {
        var graph = Import(("location", "weights/w.bin"), ("offset", offset), ("length", "8"));
        Assert.Equal([first, second], graph.Constants["w"].Singles.ToArray());
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("weights/../../secret.bin")]
    [InlineData("weights\\..\\..\\secret.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("link.bin")]
    [InlineData("up/secret.bin")]
    [InlineData("missing.bin")]
    [InlineData("weights")]
    [InlineData("")]
    public void Other_places_are_refused(string location)
    {
        var error = Assert.Throws<InvalidInputException>(() => Import(("location", location)));
        Assert.Contains($"w = external data in {location}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12", "8")]
    [InlineData("-4", "8")]
    [InlineData("0", "4")]
    [InlineData("9223372036854775807", "8")]
    [InlineData("0", "9223372036854775807")]
    [InlineData("0", "many")]
    public void Bytes_that_are_not_there_are_refused(string offset, string length)
    {
        var error = Assert.Throws<InvalidInputException>(
            () => Import(("location", "weights/w.bin"), ("offset", offset), ("length", length)));
        Assert.Contains("w = ", error.Message, StringComparison.Ordinal);
    }

    private ImportedGraph Import(params (string Key, string Value)[] entries)
    {
        var tensor = new ProtoMessage().Add(1, 2).Add(2, 1).Add(8, "w").Add(14, 1)
            .AddEach(entries, (message, entry) => message.Add(13, new ProtoMessage().Add(1, entry.Key).Add(2, entry.Value)));
        var model = new ModelBuilder(13).Input("x", 2).Output("y").Raw(5, tensor).Node("Add", "x w", "y");
        return OnnxImport.Read(_folder.Write("model/model.onnx", model.ToArray()), new OnnxImportOptions());
    }
}
