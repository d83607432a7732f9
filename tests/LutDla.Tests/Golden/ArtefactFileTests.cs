using System.Reflection;
using System.Text.Json.Serialization;
using CsCheck;
using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Safetensors;

namespace LutDla.Tests.Golden;

public sealed class ArtefactFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("network.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_survives_the_file()
    {
        var network = SampleNetworks.AllKinds();
        ArtefactFile.Write(FilePath, network);

        var read = ArtefactFile.Read(FilePath);

        AssertSame(network, read);
        var image = SampleNetworks.Image(network.Input, 1);
        Assert.Equal(GoldenNetwork.Run(network, image), GoldenNetwork.Run(read, image));
    }

    [Fact]
    public void Every_kind_of_node_has_a_name_in_the_file()
    {
        var kinds = typeof(ArtefactNode).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ArtefactNode)));
        var named = typeof(ArtefactNode).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType);

        Assert.Equal(
            kinds.Select(type => type.Name).Order(StringComparer.Ordinal), named.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        var first = File.ReadAllBytes(FilePath);

        ArtefactFile.Write(FilePath, ArtefactFile.Read(FilePath));

        Assert.Equal(first, File.ReadAllBytes(FilePath));
        Assert.Equal(["network.safetensors"], _folder.Names);
    }

    [Fact]
    public void Tensors_take_the_smallest_type()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());

        using var file = SafetensorsReader.Open(FilePath);

        Assert.Equal("I8 [9, 5, 2]", file.Require("conv.codebooks").Description);
        Assert.Equal("I8 [9, 5, 5]", file.Require("conv.tables").Description);
        Assert.Equal("I32 [5]", file.Require("conv.multiplier").Description);
        Assert.Equal("I16 [5]", file.Require("conv.bias").Description);
        Assert.Equal("I8 [9, 3, 3, 3]", file.Require("exact.weights").Description);
        Assert.Equal("I8 [2, 256]", file.Require("input.codes").Description);
    }

    [Fact]
    public void An_illegal_network_is_not_written()
    {
        var network = SampleNetworks.AllKinds().WithLayer("conv", l => l with { TableBits = 4 });

        Assert.Throws<InvalidInputException>(() => ArtefactFile.Write(FilePath, network));

        Assert.Empty(_folder.Names);
    }

    /// <summary>Each: what in the graph is replaced by what, and a part of the message.</summary>
    public static TheoryData<string, string, string> HostileGraphs { get; } = new()
    {
        { "\"op\":\"relu\"", "\"op\":\"exec\"", "graph $.nodes[4]" },
        { "\"op\":\"relu\",", "", "must specify a type discriminator. Path: $.nodes[4]" },
        { "\"name\":\"relu\"", "\"name\":\"../../etc/passwd\"", "nodes.name = ../../etc/passwd" },
        { "\"name\":\"relu\"", "\"name\":\"..\"", "nodes.name = .." },
        { "\"name\":\"relu\"", "\"name\":\"a\\u0000b\"", "nodes.name = a" },
        { "\"name\":\"relu\"", "\"name\":\"input\"", "Names must be unique" },
        { "\"name\":\"relu\"", "\"name\":\"conv\"", "Names must be unique" },
        { "\"name\":\"relu\"", "\"name\":null", "graph $.nodes[4]" },
        { "\"name\":\"relu\"", "\"nam\":\"relu\"", "graph" },
        { "\"name\":\"relu\"", "\"name\":\"relu\",\"name\":\"relu\"", "graph" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":[\"average\"]", "relu.inputs = average: An input must name an earlier node" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":[\"relu\"]", "relu.inputs = relu: An input must name an earlier node" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":[\"nowhere\"]", "relu.inputs = nowhere: An input must name a node" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":[]", "relu.inputs = 0 inputs" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":[null]", "must not hold null" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":null", "graph" },
        { "\"inputs\":[\"sum\"]", "\"inputs\":[\"sum\",\"sum\"]", "relu.inputs = 2 inputs" },
        { "\"kind\":\"max\"", "\"kind\":\"median\"", "graph $.nodes[1].kind" },
        { "\"kind\":\"max\"", "\"kind\":0", "graph $.nodes[1].kind" },
        { "\"kind\":\"max\"", "\"kind\":\"average\"", "max.rescale = missing" },
        { "\"shift\":17", "\"shift\":32", "average.rescale.shift = 32: It must be 0 to 31" },
        { "\"multiplier\":32768", "\"multiplier\":65536", "average.rescale.multiplier = 65536" },
        { "\"multiplier\":32768", "\"multiplier\":-1", "average.rescale.multiplier = -1" },
        { "\"multiplier_a\":40000", "\"multiplier_a\":4e99", "graph $.nodes[3].multiplier_a" },
        { "\"multiplier_a\":40000", "\"multiplier_a\":NaN", "graph" },
        { "\"multiplier_a\":40000", "\"multiplier_a\":\"40000\"", "graph $.nodes[3].multiplier_a" },
        { "\"metric\":\"l1\"", "\"metric\":\"l3\"", "graph $.nodes[0].metric" },
        { "\"input_channels\":2", "\"input_channels\":2147483647", "conv.input_channels = 2147483647" },
        { "\"input_channels\":2", "\"input_channels\":3", "conv.codebooks" },
        { "\"output_channels\":5", "\"output_channels\":65536", "conv.tables" },
        { "\"centroid_count\":5", "\"centroid_count\":257", "conv.centroid_count = 257" },
        { "\"vector_length\":9", "\"vector_length\":3", "Layout window needs the kernel area, 9" },
        { "\"stride_height\":2", "\"stride_height\":0", "max.window.stride_height = 0" },
        { "\"padding_height\":1", "\"padding_height\":2000000000", "conv.window.padding_height = 2000000000" },
        { "\"height\":6", "\"height\":2000000000", "input.height = 2000000000" },
        { "\"height\":6,\"width\":5", "\"height\":16384,\"width\":16384", "values of the tensor = 536870912" },
        { "\"activation_bits\":8", "\"activation_bits\":7", "input.codes" },
        { "\"groups\":3", "\"groups\":2", "exact.groups = 2: It must divide" },
        { "\"groups\":3", "\"groups\":1", "exact.weights" },
        { "\"groups\":3,", "", "graph $.nodes[7]" },
        { "\"weight_bits\":8", "\"weight_bits\":4", "exact.weights[0]" },
        { "\"provenance\":{", "\"provenance\":{\"x\":null,", "must not hold null" },
        { "{\"name\":\"all-kinds\"", "{\"surprise\":1,\"name\":\"all-kinds\"", "graph" },
        { "\"name\":\"all-kinds\"", "\"name\":\"a/b\"", "name = a/b" },
        { "\"provenance\":{", "\"provenance\":{\"x\":[[[[[[[[[[[[[[[[", "graph" },
    };

    [Theory]
    [MemberData(nameof(HostileGraphs))]
    public void A_hostile_graph_gives_a_clear_error(string what, string by, string expected)
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        ChangeGraph(graph =>
        {
            var at = graph.IndexOf(what, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{what} is not in {graph}");
            return graph[..at] + by + graph[(at + what.Length)..];
        });

        var e = Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.All(e.Problems, p => Assert.Equal(FilePath, p.File));
    }

    [Theory]
    [InlineData(
        "format", "pt", "__metadata__.format = pt: It must be \"lutdla\". This is no LutDla artefact; make one with lutdla convert.")]
    [InlineData(
        "version", "2", "__metadata__.version = 2: It must be \"1\". This LutDla reads version 1; convert the network again.")]
    [InlineData("graph", "null", "graph")]
    [InlineData("graph", "", "graph")]
    [InlineData("graph", "{}", "graph")]
    [InlineData("graph", "[]", "graph")]
    public void Foreign_metadata_is_refused(string key, string value, string expected)
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        Rewrite(metadata => metadata[key] = value, tensors => tensors);

        Assert.Contains(
            expected, Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_from_the_metadata_is_told()
    {
        AssertMetadataFault("__metadata__.version = missing: It must be \"1\".", m => m.Remove("version"));
        AssertMetadataFault(
            "graph = not readable: It is missing. Convert the network again, or correct the exporter.", m => m.Remove("graph"));
        AssertMetadataFault(
            "__metadata__.format = missing: It must be \"lutdla\". "
            + "This is a float network: convert it first, lutdla convert --weights FILE.",
            m =>
            {
                m.Remove("format");
                m["architecture"] = "resnet8";
            });
    }

    [Fact]
    public void An_artefact_is_recognised_by_its_format()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        using (var file = SafetensorsReader.Open(FilePath))
            Assert.True(ArtefactFile.Is(file));

        Rewrite(metadata => metadata["format"] = "pt", tensors => tensors);
        using var other = SafetensorsReader.Open(FilePath);
        Assert.False(ArtefactFile.Is(other));
    }

    [Fact]
    public void Values_at_the_ends_of_their_type_are_read()
    {
        var network = SampleNetworks.AllKinds().WithLayer("conv", l => l with
        {
            TableBits = 16, Tables = l.Tables.SetItem(0, short.MinValue).SetItem(1, short.MaxValue),
        });
        ArtefactFile.Write(FilePath, network);

        AssertSame(network, ArtefactFile.Read(FilePath));
    }

    private void AssertMetadataFault(string expected, Action<Dictionary<string, string>> change)
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        Rewrite(change, tensors => tensors);
        Assert.Contains(
            expected, Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_are_missing_too_many_or_of_a_wrong_form_are_named()
    {
        AssertTensorFault("conv.bias = missing: The graph needs this tensor.", t => t.Where(x => x.Name != "conv.bias"));
        AssertTensorFault(
            "extra = I8 [1]: No node of the graph has such a tensor.", t => t.Append(TensorData.FromIntegers("extra", [1], [0])));
        AssertTensorFault("conv.codebooks = I8 [9, 2, 5]: The shape must be [9, 5, 2].", t => t.Select(
            x => x.Name == "conv.codebooks" ? x with { Shape = [9, 2, 5] } : x));
        AssertTensorFault("conv.bias = F32 [5]: The type must be I8, I16 or I32.", t => t.Select(
            x => x.Name == "conv.bias" ? TensorData.FromSingles(x.Name, [5], [0, 1, 2, float.NaN, 4]) : x));
        AssertTensorFault("conv.tables = I32 [225]: Every value must be -32768 to 32767.", t => t.Select(
            x => x.Name == "conv.tables" ? TensorData.FromIntegers(x.Name, [225], [.. Enumerable.Range(32600, 225)]) : x));
        AssertTensorFault("conv.shift[0] = 32", t => t.Select(
            x => x.Name == "conv.shift" ? TensorData.FromIntegers(x.Name, [5], [32, 1, 1, 1, 1]) : x));
    }

    [Fact]
    public void A_file_cut_anywhere_gives_one_error()
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        var whole = File.ReadAllBytes(FilePath);

        Gen.Int[0, whole.Length - 1].Sample(length =>
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Single(Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Problems);
        }, iter: 200, threads: 1);
    }

    private void AssertTensorFault(string expected, Func<IEnumerable<TensorData>, IEnumerable<TensorData>> change)
    {
        ArtefactFile.Write(FilePath, SampleNetworks.AllKinds());
        Rewrite(_ => { }, change);
        Assert.Contains(
            expected, Assert.Throws<InvalidInputException>(() => ArtefactFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    private void ChangeGraph(Func<string, string> change) => Rewrite(m => m["graph"] = change(m["graph"]), t => t);

    // With the checksum of what is there then.
    private void Rewrite(Action<Dictionary<string, string>> metadata, Func<IEnumerable<TensorData>, IEnumerable<TensorData>> tensors)
    {
        var (strings, data) = ArtefactContents.Read(FilePath);
        metadata(strings);
        TensorData[] changed = [.. tensors(data)];
        SafetensorsWriter.Write(FilePath, SafetensorsChecksum.Seal(strings, changed), changed);
    }

    // Records compare their arrays by reference, so compare what is in them.
    private static void AssertSame(QuantizedNetwork expected, QuantizedNetwork actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Provenance, actual.Provenance);
        Assert.Equal(expected.Input.Codes, actual.Input.Codes);
        Assert.Equal(expected.Input with { Codes = [] }, actual.Input with { Codes = [] });
        Assert.Equal(expected.Nodes.Select(n => n.Name), actual.Nodes.Select(n => n.Name));
        foreach (var (a, b) in expected.Nodes.Zip(actual.Nodes))
        {
            Assert.Equal(a.Inputs, b.Inputs);
            if (a is LutNode x && b is LutNode y)
                AssertSame(x.Layer, y.Layer);
            else if (a is ExactNode exact && b is ExactNode other)
                AssertSame(exact.Layer, other.Layer);
            else
                Assert.Equal(a with { Inputs = [] }, b with { Inputs = [] });
        }
    }

    private static void AssertSame(ExactLayer a, ExactLayer b)
    {
        Assert.Equal(a.Weights, b.Weights);
        Assert.Equal(a.Bias, b.Bias);
        Assert.Equal(a.Multiplier, b.Multiplier);
        Assert.Equal(a.Shift, b.Shift);
        Assert.Equal(WithoutTensors(a), WithoutTensors(b));

        static ExactLayer WithoutTensors(ExactLayer l) => l with { Weights = [], Bias = [], Multiplier = [], Shift = [] };
    }

    private static void AssertSame(LutLayer a, LutLayer b)
    {
        Assert.Equal(a.Codebooks, b.Codebooks);
        Assert.Equal(a.Tables, b.Tables);
        Assert.Equal(a.Bias, b.Bias);
        Assert.Equal(a.Multiplier, b.Multiplier);
        Assert.Equal(a.Shift, b.Shift);
        Assert.Equal(WithoutTensors(a), WithoutTensors(b));

        static LutLayer WithoutTensors(LutLayer l) => l with { Codebooks = [], Tables = [], Bias = [], Multiplier = [], Shift = [] };
    }
}
