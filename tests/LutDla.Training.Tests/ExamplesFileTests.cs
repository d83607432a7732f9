using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Onnx;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Recipe;
using LutDla.Training.Tests.Onnx;

namespace LutDla.Training.Tests;

/// <summary>Somebody's own examples.</summary>
public sealed class ExamplesFileTests : IDisposable
{
    private const int Numbers = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("NHWC")]
    public void Images_are_read_with_their_channels_first_or_last(string? layout)
    {
        byte[] bytes = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        var path = Write("images", Tensor("inputs", [2, 2, 3, 2], bytes), Tensor("labels", [2], [3, 7]), layout);

        var data = ExamplesFile.ReadBoth(path, path).Train;

        Assert.Equal((2, 8, true), (data.Count, data.Classes, data.IsLabelled));
        Assert.Equal(layout is null ? (3, 2, 2) : (2, 3, 2), (data.Height, data.Width, data.Channels));
        // With channels first, the six pixels of a channel are neighbours in the file.
        Assert.Equal(layout is null ? [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11] : bytes[..12], data.Image(0).ToArray());
    }

    [Fact]
    public void Numbers_become_the_nearest_of_256_between_their_channel_s_extremes()
    {
        var path = Write("numbers", Singles("inputs", [3, 2], [-1, 5, 0.3f, 5, 1, 5]));

        var data = ExamplesFile.ReadBoth(path, path).Train;

        Assert.False(data.IsLabelled);
        var meaning = data.Meaning ?? throw new InvalidOperationException("Numbers have a meaning.");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new[] { -1, 0.3f, 1 }[i], meaning.Apply(data.Image(i)[0], 0), 1 / 255.0 + 1e-6);
            Assert.Equal(5, meaning.Apply(data.Image(i)[1], 1), 1e-5);
        }
    }

    [Fact]
    public void Whole_numbers_that_are_no_bytes_are_refused_with_what_to_write_instead()
    {
        var path = Write("wide", new TensorData("inputs", SafetensorsType.I64, [2, 1], new byte[16]));

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ExamplesFile.ReadBoth(path, path)).Problems);

        Assert.Equal(("inputs", "I64 [2, 1]"), (problem.Key, problem.Value));
        Assert.Equal("They must be bytes (U8), or the floating-point numbers that the network takes.", problem.Rule);
        Assert.Contains("inputs.astype(numpy.uint8)", problem.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_others_a_tenth_is_drawn_for_the_test_whatever_their_order()
    {
        byte[] all = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        byte[] labels = [.. all.Select(i => (byte)(i % 10))];
        var (train, test) = ExamplesFile.ReadBoth(Write("bytes", Tensor("inputs", [200, 1], all), Tensor("labels", [200], labels)), null);

        Assert.Equal(20, test.Count);
        Assert.Equal(all, train.Images.Concat(test.Images).Order());
        Assert.True(test.Labels.Distinct().Count() > 5);
        Assert.Equal(test.Images.Select(i => (byte)(i % 10)), test.Labels);
    }

    [Theory]
    [InlineData(0, 1e-40f)] // less than what one can be divided by
    [InlineData(-1e15f, 1e15f)]
    [InlineData(3, 3)]
    public void Numbers_of_any_range_become_bytes_and_numbers_again(float least, float most)
    {
        var numbers = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? least : most).ToArray();
        var path = Write("numbers", Singles("inputs", [20, 1], numbers));

        var (train, _) = ExamplesFile.ReadBoth(path, null);

        var meaning = Assert.IsType<PixelNormalisation>(train.Meaning);
        Assert.All(meaning.Levels(), level => Assert.InRange(level, -1.1e15f, 1.1e15f));
    }

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "no inputs", "inputs = missing" },
        { "three dimensions", "inputs = U8 [2, 1, 1]: It must have two or four dimensions." },
        { "none", "inputs = U8 [0, 4]: It must have 1 to" },
        { "whole numbers", "inputs = I16 [1, 2]: They must be bytes (U8), or the floating-point numbers" },
        { "not finite", "inputs[1] = NaN: Every number must be finite, and from -1e15 to 1e15." },
        { "too large", "inputs[0] = -1E+30: Every number must be finite, and from -1e15 to 1e15." },
        { "other labels", "labels = U8 [3]: It must have one dimension, of 2." },
        { "large labels", "labels[1] = 256: A class must be 0 to 255." },
        { "other order", "__metadata__.layout = CHWN: It must be NCHW or NHWC." },
        { "too few", "examples = 2: There must be 10 or more" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_told(string fault, string message)
    {
        var two = Tensor("inputs", [2, 1], [1, 2]);
        var path = fault switch
        {
            "no inputs" => Write(fault, Tensor("images", [2, 1], [1, 2])),
            "three dimensions" => Write(fault, Tensor("inputs", [2, 1, 1], [1, 2])),
            "none" => Write(fault, Tensor("inputs", [0, 4], [])),
            "whole numbers" => Write(fault, TensorData.FromIntegers("inputs", [1, 2], [1, 200])),
            "not finite" => Write(fault, Singles("inputs", [2, 1], [1, float.NaN])),
            "too large" => Write(fault, Singles("inputs", [2, 1], [-1e30f, 1])),
            "other labels" => Write(fault, two, Tensor("labels", [3], [0, 1, 2])),
            "large labels" => Write(fault, two, TensorData.FromIntegers("labels", [2], [0, 256])),
            "other order" => Write(fault, Tensor("inputs", [1, 1, 1, 1], [1]), null, "CHWN"),
            _ => Write(fault, two),
        };

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ExamplesFile.ReadBoth(path, null)).Problems);

        Assert.StartsWith(message, $"{problem.Key} = {problem.Value}: {problem.Rule}", StringComparison.Ordinal);
    }

    [Fact]
    public void Test_examples_are_of_the_same_kind()
    {
        var train = Write("train", Tensor("inputs", [2, 1], [1, 2]));
        var test = Write("test", Singles("inputs", [2, 1], [1, 2]));

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ExamplesFile.ReadBoth(train, test)).Problems);

        Assert.Equal("1 x 1 x 1, numbers, no labels", problem.Value);
    }

    [Fact]
    public void A_network_of_numbers_converts_without_labels_and_its_artefact_knows_what_bytes_stand_for()
    {
        var model = new ModelBuilder(13).Input("x", "n", Numbers).Output("scores")
            .Weights("w1", Numbers, 12).Weights("b1", 12).Weights("w2", 12, 3)
            .Node("Gemm", "x w1 b1", "a").Node("Relu", "a", "b").Node("Gemm", "b w2", "scores").ToArray();
        var path = Write("numbers", Singles("inputs", [80, Numbers], Onnx.Values.Random(5, 80, Numbers).Singles));
        var (train, test) = ExamplesFile.ReadBoth(path, path);
        var meaning = train.Meaning ?? throw new InvalidOperationException("Numbers have a meaning.");
        using var network = OnnxNetwork.Read(_folder.Write("model.onnx", model), meaning.Mean, meaning.Deviation);
        var cancellation = TestContext.Current.CancellationToken;
        (train, test) = (train.LabelledFor(network, cancellation), test.LabelledFor(network, cancellation));

        var options = new ConversionOptions
        {
            Refit = new() { Images = 80, KMeansRows = 80, Rows = 80 }, Quantisation = new() { VectorLength = 2 },
        };
        var converted = LutBoost.Convert(network, train, options, cancellation: cancellation).Network;

        Assert.Equal(1, network.Accuracy(test, cancellation));
        Assert.True(test.Labels.Distinct().Count() > 1);
        Assert.True(new GoldenEngine(converted).CountCorrect(test.Images, test.Labels) > 0.8 * test.Count);
        Assert.Equal(test.Images, ExamplesFile.ReadFor(path, converted.Input).Images);
        var other = Write("other", Singles("inputs", [2, Numbers + 1], new float[2 * (Numbers + 1)]));
        var refusal = Assert.Throws<InvalidInputException>(() => ExamplesFile.ReadFor(other, converted.Input));
        Assert.Contains("1 x 1 x 5", refusal.Message, StringComparison.Ordinal);
        ArtefactFile.Write(_folder.File("lut.safetensors"), converted);
        Assert.Equal(test.Images, ExamplesFile.ReadFor(path, ArtefactFile.Read(_folder.File("lut.safetensors")).Input).Images);
    }

    [Fact]
    public void Examples_of_another_shape_are_refused()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        using var network = FloatNetwork.Create(
            Architectures.Build(Architecture.LeNet5, ToyData.Side, ToyData.Side, 1, 4), new PixelNormalisation([0], [1]), seed: 1);

        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(4, Labelled(ToyData.Bars(5, seed: 1) with { Classes = 3, LacksClasses = true }).Classes);
        AssertRefused(ToyData.Bars(5, seed: 1) with { Classes = 3 });
        AssertRefused(ToyData.Bars(5, seed: 1) with { Classes = 5, LacksClasses = true });
        AssertRefused(ToyData.Bars(5, seed: 1, channels: 3) with { IsLabelled = false });

        Dataset Labelled(Dataset examples) => examples.LabelledFor(network, cancellation);

        void AssertRefused(Dataset examples) => Assert.Throws<InvalidInputException>(() => Labelled(examples));
    }

    private static TensorData Tensor(string name, long[] shape, byte[] bytes) => new(name, SafetensorsType.U8, [.. shape], bytes);

    private static TensorData Singles(string name, long[] shape, ReadOnlySpan<float> values) =>
        TensorData.FromSingles(name, [.. shape], values);

    private string Write(string name, TensorData inputs, TensorData? labels = null, string? layout = null)
    {
        var path = _folder.File($"{name}.safetensors");
        SafetensorsWriter.Write(
            path,
            layout is null ? [] : new Dictionary<string, string> { ["layout"] = layout },
            labels is null ? [inputs] : [inputs, labels]);
        return path;
    }
}
