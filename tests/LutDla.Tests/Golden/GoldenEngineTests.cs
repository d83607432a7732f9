using LutDla.Boundary;
using LutDla.Golden.Fast;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Tests.Golden;

/// <summary>The engine as its callers know it; what its kernels compute is in <see cref="EngineVariantTests"/>.</summary>
public sealed class GoldenEngineTests
{
    [Fact]
    public void An_image_allocates_nothing()
    {
        var network = SampleNetworks.AllKinds();
        var facts = NetworkRules.Facts(network);
        var plans = network.Nodes.ToDictionary(
            n => n.Name, n => n.Accept(new NodePlanner([.. n.Inputs.Select(name => facts[name])], EngineVariants.Supported[^1])));
        var worker = new EngineWorker(network, facts, plans);
        var (image, outputs) = (SampleNetworks.Image(network.Input, 1), new int[4]);
        worker.Run(image, outputs);

        var before = GC.GetAllocatedBytesForCurrentThread();
        worker.Run(image, outputs);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Images_do_not_disturb_one_another()
    {
        var network = SampleNetworks.AllKinds();
        var images = Enumerable.Range(0, 7).Select(i => SampleNetworks.Image(network.Input, i)).ToArray();
        foreach (var threads in new[] { 1, 2, 3, 16 })
        {
            var engine = new GoldenEngine(network, threads);
            var outputs = new int[7 * engine.OutputLength];
            engine.Infer(images.SelectMany(i => i).ToArray(), 7, outputs);
            engine.Infer(images.SelectMany(i => i).ToArray(), 7, outputs);
            Assert.Equal(images.SelectMany(i => GoldenNetwork.Run(network, i)), outputs);
        }
    }

    [Fact]
    public void A_class_is_the_lowest_index_of_the_largest_value()
    {
        var network = SampleNetworks.AllKinds();
        var engine = new GoldenEngine(network);
        var images = Enumerable.Range(0, 20).SelectMany(i => SampleNetworks.Image(network.Input, i)).ToArray();
        var expected = images.Chunk(engine.ImageBytes).Select(image =>
        {
            var logits = GoldenNetwork.Run(network, image);
            return logits.IndexOf(logits.Max());
        }).ToArray();
        var classes = new int[20];

        engine.Classify(images, 20, classes);

        Assert.Equal(expected, classes);
        byte[] labels = [.. expected.Select((c, i) => (byte)(i < 5 ? c + 1 : c))];
        Assert.Equal(15, engine.CountCorrect(images, labels));
    }

    [Fact]
    public void Equal_values_give_the_lowest_class()
    {
        var network = SampleNetworks.AllKinds().WithLayer("linear", l => l with { Multiplier = [0, 0, 0, 0] });
        var classes = new int[] { 9 };

        new GoldenEngine(network).Classify(SampleNetworks.Image(network.Input, 1), 1, classes);

        Assert.Equal([0], classes);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var engine = new GoldenEngine(SampleNetworks.AllKinds());

        Assert.StartsWith(
            "2 images have 120 bytes, not 60.", Assert.Throws<ArgumentException>(() => engine.Infer(new byte[60], 2, new int[8])).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "1 results have 4 values, not 8.", Assert.Throws<ArgumentException>(() => engine.Infer(new byte[60], 1, new int[8])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_illegal_network_is_refused() =>
        Assert.Throws<InvalidInputException>(() => new GoldenEngine(SampleNetworks.AllKinds() with { Nodes = [] }));
}
