using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>What <c>lutdla estimate</c> says of whole layers of whole networks, against their simulation.</summary>
public sealed class EstimatedCyclesTests(ITestOutputHelper output)
{
    // He et al., 2015, for images of 32 x 32 x 3; LeNet-5 for 28 x 28 x 1; a decoder of 64 channels for 512 tokens.
    private static readonly NetworkLayer[] Layers =
    [
        new("resnet20 conv1", 32 * 32, Kernel: 9, Inputs: 3, Outputs: 16) { ReadsImage = true },
        new("resnet20 layer1", 32 * 32, Kernel: 9, Inputs: 16, Outputs: 16),
        new("resnet20 layer2, first", 16 * 16, Kernel: 9, Inputs: 16, Outputs: 32),
        new("resnet20 layer2", 16 * 16, Kernel: 9, Inputs: 32, Outputs: 32),
        new("resnet20 layer3, first", 8 * 8, Kernel: 9, Inputs: 32, Outputs: 64),
        new("resnet20 layer3", 8 * 8, Kernel: 9, Inputs: 64, Outputs: 64),
        new("resnet20 linear", 1, Kernel: 1, Inputs: 64, Outputs: 10),
        new("lenet5 conv1", 28 * 28, Kernel: 25, Inputs: 1, Outputs: 6) { ReadsImage = true },
        new("lenet5 conv2", 10 * 10, Kernel: 25, Inputs: 6, Outputs: 16),
        new("lenet5 fc1", 1, Kernel: 1, Inputs: 400, Outputs: 120),
        new("lenet5 fc2", 1, Kernel: 1, Inputs: 120, Outputs: 84),
        new("lenet5 fc3", 1, Kernel: 1, Inputs: 84, Outputs: 10),
        new("decoder wq, wo", 512, Kernel: 1, Inputs: 64, Outputs: 64),
        new("decoder wk, wv", 512, Kernel: 1, Inputs: 64, Outputs: 32),
        new("decoder w1, w3", 512, Kernel: 1, Inputs: 64, Outputs: 172),
        new("decoder w2", 512, Kernel: 1, Inputs: 172, Outputs: 64),
        new("decoder output", 512, Kernel: 1, Inputs: 64, Outputs: 512),
    ];

    // One that keeps indices, with two buffers; one that searches again for each set of columns, with one.
    private static readonly DesignConfig[] Configurations =
    [
        DesignFile.Load(Repository.File("configs/edge.json")),
        new()
        {
            Name = "again",
            Similarity =
                new() { Metric = DistanceMetric.L2, ActivationBits = 8, VectorLength = 4, Centroids = 16, Unit = SimilarityUnit.Chain },
            Matching = new() { TableBits = 8, Lanes = 8, Modules = 2 },
            Tile = new() { Rows = 96, MaximumSubspaces = 144, IndexBufferBeats = 64, ScratchpadBuffers = 1 },
            Rescale = new() { Units = 2, OutputBits = 8 },
            Memories = new(),
        },
    ];

    public static TheoryData<string> Designs { get; } = new(Configurations.Select(c => c.Name));

    [Theory]
    [MemberData(nameof(Designs))]
    public async Task Every_layer_of_the_networks_takes_the_cycles_that_are_estimated(string design)
    {
        var core = HardwareCore.From(Configurations.Single(c => c.Name == design));
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var simulator = await CoreCheck.BuildAsync(core, files, TestContext.Current.CancellationToken);
        foreach (var (seed, layer) in Layers.Index())
        {
            var data = RandomLayer.Of(new Random(seed), core, layer.Shape(core), layer.Name);
            var streams = new LayerStreams(core, data);

            var run = await CoreCheck.RunAsync(core, simulator, streams, stallSeed: 0, TestContext.Current.CancellationToken);

            Assert.Null(CoreCheck.FirstMismatch(core, data, streams, run));
            var simulated = run[core.Streams.Result.Name].Cycles[^1];
            output.WriteLine($"{layer.Name}: {layer.Shape(core)}, {simulated} cycles, {run.RunTime.TotalSeconds:F2} s");
            Assert.Equal(simulated, LayerCost.Of(core, layer.Name, LookupProduct.Of(data.Layer, data.RowCount)).Cycles);
        }
    }

    /// <param name="Rows">M of one example.</param>
    /// <param name="Kernel">Pixels of the window.</param>
    private sealed record NetworkLayer(string Name, int Rows, int Kernel, int Inputs, int Outputs)
    {
        /// <summary>Sub-vectors then have one element.</summary>
        public bool ReadsImage { get; init; }

        public LayerShape Shape(HardwareCore core) =>
            new(Rows, Kernel * Division.RoundedUp(Inputs, ReadsImage ? 1 : core.VectorLength), Outputs);
    }
}
