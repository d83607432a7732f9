using System.IO.Compression;
using LutDla.Golden.Safetensors;
using LutDla.Networks.PyTorch;

namespace LutDla.Training.Tests.PyTorch;

/// <summary>Weights as torch.save writes them are read, value for value.</summary>
public sealed class PyTorchFileTests
{
    // Python's own pickler, with classes of the names of torch: {'epoch', 'acc', 'state_dict': a parameter w [2, 3], its transpose t of the
    // same storage, a 64-bit scalar n, with _metadata; 'sched': a list of numbers}. Protocols 2 and 4.
    private const string Protocol2 =
        "gAJ9cQAoWAUAAABlcG9jaHEBSwNYAwAAAGFjY3ECRz/gAAAAAAAAWAoAAABzdGF0ZV9kaWN0cQNjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQQpUnEFKFgBAAAAd3EG" +
        "Y3RvcmNoLl91dGlscwpfcmVidWlsZF9wYXJhbWV0ZXIKcQdjdG9yY2guX3V0aWxzCl9yZWJ1aWxkX3RlbnNvcl92MgpxCCgoWAcAAABzdG9yYWdlcQljdG9yY2gKRmxv" +
        "YXRTdG9yYWdlCnEKWAEAAAAwcQtYAwAAAGNwdXEMSwZ0cQ1RSwBLAksDhnEOSwNLAYZxD4loBClScRB0cRFScRKIaAQpUnETh3EUUnEVWAEAAAB0cRZoCCgoaAloCmgL" +
        "aAxLBnRxF1FLAEsDSwKGcRhLAUsDhnEZiWgEKVJxGnRxG1JxHFgBAAAAbnEdaAgoKGgJY3RvcmNoCkxvbmdTdG9yYWdlCnEeWAEAAAAxcR9oDEsBdHEgUUsAKSmJaAQp" +
        "UnEhdHEiUnEjdX1xJFgJAAAAX21ldGFkYXRhcSVoBClScSZYAAAAAHEnfXEoWAcAAAB2ZXJzaW9ucSlLAXNzc2JYBQAAAHNjaGVkcSpdcSsoSwFK/////0pwEQEAigYA" +
        "AAAAAAFOiGV1Lg==";

    private const string Protocol4 =
        "gASVkwEAAAAAAAB9lCiMBWVwb2NolEsDjANhY2OURz/gAAAAAAAAjApzdGF0ZV9kaWN0lIwLY29sbGVjdGlvbnOUjAtPcmRlcmVkRGljdJSTlClSlCiMAXeUjAx0b3Jj" +
        "aC5fdXRpbHOUjBJfcmVidWlsZF9wYXJhbWV0ZXKUk5RoCYwSX3JlYnVpbGRfdGVuc29yX3YylJOUKCiMB3N0b3JhZ2WUjAV0b3JjaJSMDEZsb2F0U3RvcmFnZZSTlIwB" +
        "MJSMA2NwdZRLBnSUUUsASwJLA4aUSwNLAYaUiWgGKVKUdJRSlIhoBilSlIeUUpSMAXSUaA0oKGgOaBFoEmgTSwZ0lFFLAEsDSwKGlEsBSwOGlIloBilSlHSUUpSMAW6U" +
        "aA0oKGgOaA+MC0xvbmdTdG9yYWdllJOUjAExlGgTSwF0lFFLACkpiWgGKVKUdJRSlHV9lIwJX21ldGFkYXRhlGgGKVKUjACUfZSMB3ZlcnNpb26USwFzc3NijAVzY2hl" +
        "ZJRdlChLAUr/////SnARAQCKBgAAAAAAAU6IZXUu";

    [Theory]
    [InlineData(Protocol2, false)]
    [InlineData(Protocol2, true)]
    [InlineData(Protocol4, false)]
    [InlineData(Protocol4, true)]
    public void A_checkpoint_of_Pythons_pickler_is_read(string pickle, bool zip)
    {
        var tensors = WeightFile.Read(WeightFile.Of(zip, Convert.FromBase64String(pickle), SampleStorage.Six, SampleStorage.Of("1", 7L)));

        Assert.Equal(["w [2,3] 0 1 2 3 4 5", "t [3,2] 0 3 1 4 2 5", "n [] 7"], tensors.Select(Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Strides_and_offset_say_where_elements_lie(bool zip)
    {
        SampleTensor[] tensors =
        [
            SampleTensor.Plain,
            SampleTensor.Plain with { Name = "transposed", Shape = [3, 2], Strides = [1, 3] },
            SampleTensor.Plain with { Name = "row", Offset = 3, Shape = [3], Strides = [1] },
            SampleTensor.Plain with { Name = "column", Offset = 2, Shape = [2, 1], Strides = [3, 77] },
            SampleTensor.Plain with { Name = "repeated", Offset = 1, Shape = [2, 2], Strides = [0, 4] },
            SampleTensor.Plain with { Name = "cube", Shape = [1, 2, 3], Strides = [long.MaxValue, 1, 2] },
            SampleTensor.Plain with { Name = "scalar", Offset = 5, Shape = [], Strides = [] },
            SampleTensor.Plain with { Name = "empty", Offset = 6, Shape = [2, 0, long.MaxValue], Strides = [1, 1, 1] },
        ];

        var read = WeightFile.Read(WeightFile.Of(zip, new PickleWriter().State(tensors).ToArray(), SampleStorage.Six));

        Assert.Equal(
            [
                "w [2,3] 0 1 2 3 4 5", "transposed [3,2] 0 3 1 4 2 5", "row [3] 3 4 5", "column [2,1] 2 5", "repeated [2,2] 1 5 1 5",
                "cube [1,2,3] 0 2 4 1 3 5", "scalar [] 5", "empty [2,0,9223372036854775807]",
            ],
            read.Select(Text));
    }

    public static TheoryData<string, byte[], float> Elements => new()
    {
        { "FloatStorage", BitConverter.GetBytes(-1.5f), -1.5f },
        { "DoubleStorage", BitConverter.GetBytes(Math.PI), (float)Math.PI },
        { "HalfStorage", BitConverter.GetBytes((Half)0.1), (float)(Half)0.1 },
        { "BFloat16Storage", [0xC9, 0xBF], -1.5703125f },
        { "LongStorage", BitConverter.GetBytes(-(1L << 40)), -(1L << 40) },
        { "IntStorage", BitConverter.GetBytes(16_777_217), 16_777_216 },
        { "ShortStorage", BitConverter.GetBytes((short)-300), -300 },
        { "CharStorage", [0x80], -128 },
        { "ByteStorage", [0x80], 128 },
        { "BoolStorage", [1], 1 },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Every_element_type_becomes_single_precision(string type, byte[] element, float value)
    {
        var pickle = new PickleWriter().State(new SampleTensor("x", type, "k", 2, 0, [2], [1])).ToArray();
        var storage = new SampleStorage("k", 2, [.. new byte[element.Length], .. element]);
        foreach (var file in new[] { WeightFile.Legacy(pickle, storage), WeightFile.Zip(pickle, storage) })
            Assert.Equal([0, value], Assert.Single(WeightFile.Read(file)).Values);
    }

    [Fact]
    public void Numbers_that_are_not_finite_stay_so()
    {
        float[] values = [float.NaN, float.PositiveInfinity, -0f, float.Epsilon];
        var pickle = new PickleWriter().State(new SampleTensor("x", "FloatStorage", "0", 4, 0, [4], [1])).ToArray();

        var read = Assert.Single(WeightFile.Read(WeightFile.Legacy(pickle, SampleStorage.Of<float>("0", values)))).Values;

        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("model")]
    public void The_state_dict_may_lie_under_a_name(string name)
    {
        var pickle = new PickleWriter().Raw("}(").Text("epoch").Integer(70).Text(name).State(SampleTensor.Plain).Text("best").Raw("Nu");

        Assert.Equal("w [2,3] 0 1 2 3 4 5", Text(Assert.Single(WeightFile.Read(WeightFile.Legacy(pickle.ToArray(), SampleStorage.Six)))));
    }

    [Theory]
    [InlineData("module.a module.module.b", "a module.b")]
    [InlineData("module.a b", "module.a b")]
    [InlineData("modules.a modules.b", "modules.a modules.b")]
    public void The_prefix_of_parallel_training_goes_if_all_names_have_it(string names, string expected)
    {
        var pickle = new PickleWriter().State([.. names.Split(' ').Select(name => SampleTensor.Plain with { Name = name })]).ToArray();

        Assert.Equal(expected.Split(' '), WeightFile.Read(WeightFile.Zip(pickle, SampleStorage.Six)).Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_file_of_Python_2_is_read()
    {
        // Short strings, an OrderedDict made of a list of pairs, _rebuild_tensor, and None at the end of a storage's name.
        var pickle = new PickleWriter().Global("collections OrderedDict").Raw("]](U\u0001w")
            .Global("torch._utils _rebuild_tensor").Raw("((U\u0007storage").Global("torch FloatStorage").Raw("T\u0001\0\0\00U\u0006cuda:0")
            .Integer(6).Raw("NtQ").Integer(1).Integers(2).Integers(4).Raw("tRea\u0085R").ToArray();

        Assert.Equal("w [2] 1 5", Text(Assert.Single(WeightFile.Read(WeightFile.Legacy(pickle, SampleStorage.Six)))));
    }

    [Fact]
    public void An_archive_without_byte_order_is_read()
    {
        var pickle = new PickleWriter().State(SampleTensor.Plain).ToArray();
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("net/data/0", SampleStorage.Six.Bytes), ("net/data.pkl", pickle) })
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                stream.Write(content);
            }
        }

        Assert.Equal("w [2,3] 0 1 2 3 4 5", Text(Assert.Single(WeightFile.Read(bytes.ToArray()))));
    }

    [Fact]
    public void Storages_of_other_things_than_the_state_dict_are_left_alone()
    {
        var pickle = new PickleWriter().Raw("}(").Text("model").State(SampleTensor.Plain)
            .Text("optimizer").State(SampleTensor.Plain with { Key = "momentum" }).Raw("u").ToArray();

        // In a zip, what is not needed need not even be there.
        Assert.Single(WeightFile.Read(WeightFile.Zip(pickle, SampleStorage.Six)));
        Assert.Single(WeightFile.Read(WeightFile.Legacy(pickle, SampleStorage.Six with { Key = "momentum" }, SampleStorage.Six)));
    }

    [Fact]
    public void A_published_network_is_read_as_its_safetensors_are()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("LUTDLA_DATA") ?? "", "cifar10-resnet");
        var path = Path.Combine(folder, "resnet20-12fca82f.th");
        var same = Path.Combine(folder, "resnet20.safetensors");
        Assert.SkipUnless(
            File.Exists(path) && File.Exists(same), "LUTDLA_DATA names no folder that holds cifar10-resnet/resnet20-12fca82f.th.");

        var tensors = PyTorchFile.Read(path).ToDictionary(tensor => tensor.Name);

        using var safetensors = SafetensorsReader.Open(same);
        Assert.Equal(safetensors.Tensors.Select(tensor => tensor.Name).Order(), tensors.Keys.Order());
        foreach (var expected in safetensors.Tensors)
        {
            Assert.Equal(expected.Shape, tensors[expected.Name].Shape);
            Assert.Equal(safetensors.ReadSingles(expected.Name), tensors[expected.Name].Values);
        }
    }

    private static string Text(PyTorchTensor tensor) =>
        string.Join(' ', [$"{tensor.Name} [{string.Join(',', tensor.Shape)}]", .. tensor.Values.Select(value => $"{value}")]);
}
