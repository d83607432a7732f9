using LutDla.Boundary;
using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>A few hundred bytes that ask for gigabytes or hours: each is refused with the number and the limit.</summary>
public sealed class SizeTests
{
    /// <summary>What is made of so small a file.</summary>
    private const long MaximumBytes = 64L << 20;

    [Fact]
    public void Results_that_together_are_too_many_are_refused()
    {
        var model = new ModelBuilder(13).Input("image", 1, 1, 4096, 4096).Output("y");
        for (var i = 0; i < 8; i++) model.Node("Relu", i == 0 ? "image" : $"r{i - 1}", $"r{i}");
        model.Node("Relu", "r7", "y");

        Refused(model, "values of a run = 167772160: All results together must be at most 134217728 values.");
    }

    [Fact]
    public void More_nodes_than_an_artefact_has_are_refused_for_conversion_and_more_than_are_looked_at_for_any_import()
    {
        Refused(Chain(4097), "nodes = 4097: A network that is converted has at most 4096.");
        Refused(Chain(16385), "nodes = 16385: The outputs may need at most 16384 nodes.");
    }

    [Fact]
    public void A_constant_product_that_takes_long_is_not_computed()
    {
        // A million elements, and 65,536 products for each of the result's: by elements alone it would be allowed.
        var model = new ModelBuilder(13).Input("x", 1, 1, 3, 3).Output("y")
            .Integers("big", 1, 1, 256, 256).Node("ConstantOfShape", "big", "k")
            .Node("Concat", "k k k k", "wide", ("axis", 3)).Node("Concat", "wide wide wide wide", "data", ("axis", 2))
            .Node("Conv", "data k", "c").Node("ReduceMean", "c", "m").Node("Add", "x m", "y");
        using var folder = new TemporaryFolder();

        var graph = OnnxImport.Read(folder.Write("model.onnx", model.ToArray()), new OnnxImportOptions());

        Assert.Contains(graph.Operations, operation => operation is ConvolutionOperation);
    }

    private static ModelBuilder Chain(int length)
    {
        var model = new ModelBuilder(13).Input("x", 1, 4).Output($"r{length - 1}");
        for (var i = 0; i < length; i++) model.Node("Tanh", i == 0 ? "x" : $"r{i - 1}", $"r{i}");
        return model;
    }

    private static void Refused(ModelBuilder model, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", model.ToArray());
        var before = GC.GetAllocatedBytesForCurrentThread();

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => OnnxNetwork.Read(path, [], [])).Problems);

        Assert.Contains(message, $"{problem}", StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumBytes);
    }
}
