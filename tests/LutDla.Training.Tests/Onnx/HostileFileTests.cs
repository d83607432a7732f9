using LutDla.Benchmarks.Onnx;
using LutDla.Boundary;
using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Files that are broken, or that were made to do harm, end in a message: never in a crash, never in much memory.</summary>
public sealed class HostileFileTests
{
    /// <summary>What reading a file of a few kilobytes may take.</summary>
    private const long MaximumBytes = 64L << 20;

    [Theory]
    [InlineData("old", 1)]
    [InlineData("new", 1)]
    [InlineData("attention", 11)]
    public void A_cut_file_is_refused(string name, int step)
    {
        var model = SampleModels.Of(name);
        using var folder = new TemporaryFolder();
        for (var length = 0; length < model.Length; length += step)
            Assert.False(IsRead(folder, model[..length]), $"{length} of {model.Length} bytes are read as a model.");
    }

    [Fact]
    public void A_file_with_changed_bytes_is_refused_or_read()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        var refused = 0;
        foreach (var name in new[] { "convolutions", "attention", "old", "new" })
        {
            var model = SampleModels.Of(name);
            for (var round = 0; round < 200; round++)
            {
                var changed = (byte[])model.Clone();
                for (var i = random.Next(1, 4); i > 0; i--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
                if (!IsRead(folder, changed)) refused++;
            }
        }

        Assert.InRange(refused, 1, 799);
    }

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(-1L)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)]
    [InlineData(3L)]
    public void A_constant_of_a_shape_that_its_bytes_do_not_fill_is_refused(params long[] shape)
    {
        var model = new ModelBuilder(13).Input("x", 1).Output("y").Raw(5, ModelBuilder.Tensor("w", 1, shape, [0, 0, 0, 0]))
            .Node("Add", "x w", "y");
        Refused(model.ToArray(), "w = ");
    }

    [Fact]
    public void Millions_of_empty_nodes_are_refused()
    {
        var graph = new byte[4_000_000];
        for (var i = 0; i < graph.Length; i += 2) graph[i] = 0x0A; // field 1 of length 0
        Refused(new ProtoMessage().Add(7, graph).ToArray(), "more than 250000 messages");
    }

    [Fact]
    public void Groups_within_groups_are_refused()
    {
        var nested = new byte[100_000];
        Array.Fill(nested, (byte)0x0B); // each starts a group
        Refused(nested, "not readable");
    }

    [Theory]
    [InlineData("Conv", "pads", 1 << 30)]
    [InlineData("Conv", "dilations", int.MaxValue)]
    [InlineData("Conv", "strides", 0)]
    [InlineData("Conv", "strides", -1)]
    [InlineData("MaxPool", "pads", 1 << 30)]
    [InlineData("MaxPool", "kernel_shape", int.MaxValue)]
    public void A_window_out_of_range_is_refused(string type, string attribute, int value)
    {
        int[] values = [.. Enumerable.Repeat(value, attribute == "pads" ? 4 : 2)];
        var model = new ModelBuilder(13).Input("x", 1, 1, 4, 4).Output("y").Weights("w", 1, 1, 2, 2);
        var inputs = type == "Conv" ? "x w" : "x";
        (string, object)[] attributes = type == "Conv" || attribute == "kernel_shape"
            ? [(attribute, values)]
            : [(attribute, values), ("kernel_shape", new[] { 2, 2 })];
        Refused(model.Node(type, inputs, "y", attributes).ToArray(), $"node_y = {type}");
    }

    [Fact]
    public void Constants_that_grow_when_they_are_computed_are_refused()
    {
        var model = new ModelBuilder(13).Input("x", 1).Output("y").Integers("many", 1 << 16, 1);
        for (var i = 0; i < 100; i++) model.Node("ConstantOfShape", "many", $"c{i}");
        for (var i = 1; i < 100; i++) model.Node("Add", i == 1 ? "c0 c1" : $"s{i - 1} c{i}", $"s{i}");
        Refused(model.Node("Add", "x s99", "y").ToArray(), "Computed constants take too much memory.");
    }

    [Theory]
    [InlineData("Concat", "x w", "axis", 1)]
    [InlineData("Concat", "x x", "axis", 2)]
    [InlineData("Flatten", "x", "axis", 3)]
    [InlineData("Softmax", "x", "axis", -3)]
    [InlineData("Transpose", "x", "perm", 0, 0)]
    [InlineData("Squeeze", "x", "axes", 0, 0)]
    [InlineData("Unsqueeze", "x", "axes", 9)]
    [InlineData("Gather", "x w", "axis", 0)]
    [InlineData("MatMul", "x x", "axis", 0)]
    [InlineData("Reshape", "x w", "allowzero", 0)]
    public void Shapes_that_do_not_fit_are_refused(string type, string inputs, string attribute, params int[] values)
    {
        object value = values is [var single] && attribute is not "axes" ? single : values;
        var model = new ModelBuilder(11).Input("x", 2, 3).Output("y").Weights("w", 2).Node(type, inputs, "y", (attribute, value));
        Refused(model.ToArray(), $"node_y = {type}");
    }

    [Theory]
    [InlineData("y")]
    [InlineData("a")]
    public void A_cycle_is_refused(string second)
    {
        var model = new ModelBuilder(13).Input("x", 1).Output("y").Node("Add", $"x {second}", "a").Node("Relu", "a", "y");
        Refused(model.ToArray(), "the graph has a cycle");
    }

    [Fact]
    public void A_value_that_is_made_twice_is_refused()
    {
        var model = new ModelBuilder(13).Input("x", 1).Output("y").Node("Relu", "x", "y").Node("Neg", "x", "y");
        Refused(model.ToArray(), "Its output y is made twice.");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(22)]
    public void Another_operator_set_is_refused(long operatorSet)
    {
        var model = new ModelBuilder(operatorSet).Input("x", 1).Output("y").Node("Relu", "x", "y");
        Refused(model.ToArray(), "The operator set must be 7 to 21.");
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { "", folder.Path, folder.File("missing.onnx"), "/dev/zero" })
            Assert.Throws<InvalidInputException>(() => OnnxImport.Read(path, new OnnxImportOptions()));
    }

    private static void Refused(byte[] model, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", model);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidInputException>(() => OnnxImport.Read(path, new OnnxImportOptions()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumBytes + 40L * model.Length);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static bool IsRead(TemporaryFolder folder, byte[] model)
    {
        try
        {
            OnnxImport.Read(folder.Write("model.onnx", model), new OnnxImportOptions());
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
