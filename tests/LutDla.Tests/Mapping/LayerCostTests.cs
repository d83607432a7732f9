using CsCheck;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Tests.Mapping;

/// <summary>What a layer costs by models alone.</summary>
public sealed class LayerCostTests
{
    // The paper's example: 768 inputs in 192 subspaces of 4, 32 centroids.
    private static readonly LookupProduct Example = new(
        new LayerShape(RowCount: 512, SubspaceCount: 192, ColumnCount: 768), InputCount: 768, VectorLength: 4, Centroids: 32,
        DistanceMetric.L1, CentroidBits: 8, TableBits: 8, OutputBits: 8);

    // In KiB, worked out by hand: 192 · 768 · 32 = 4,608 KiB of tables; 512 · 768 = 384 KiB of sums; 192 · 512 · 5 bits of indices.
    [Theory]
    [InlineData(LoopOrder.Mnk, 4608)]
    [InlineData(LoopOrder.Mkn, 4609)]
    [InlineData(LoopOrder.Kmn, 408)]
    [InlineData(LoopOrder.Knm, 385)]
    [InlineData(LoopOrder.Nmk, 252)]
    [InlineData(LoopOrder.Nkm, 77)]
    [InlineData(LoopOrder.LutStationary, 18)]
    public void The_order_of_the_loops_decides_what_must_be_on_chip(LoopOrder order, int kibibytes)
    {
        var memory = OnChipMemory.Of(Example, order, columnsInParallel: 32, sumBits: 8);

        Assert.Equal(kibibytes, (int)Math.Round(memory.Total / 8.0 / 1024));
    }

    // 9 centroids have indices of 4 bits, a column of a table 9 · 4 bits; 4 of 7 columns at once, sums of 11 bits.
    [Theory]
    [InlineData(LoopOrder.Mnk, 3 * 7 * 36, 4 * 11, 3 * 4)]
    [InlineData(LoopOrder.Mkn, 3 * 7 * 36, 7 * 11, 4)]
    [InlineData(LoopOrder.Kmn, 7 * 36, 10 * 7 * 11, 4)]
    [InlineData(LoopOrder.Knm, 4 * 36, 10 * 7 * 11, 10 * 4)]
    [InlineData(LoopOrder.Nmk, 3 * 4 * 36, 4 * 11, 10 * 3 * 4)]
    [InlineData(LoopOrder.Nkm, 4 * 36, 10 * 4 * 11, 10 * 3 * 4)]
    [InlineData(LoopOrder.LutStationary, 2 * 4 * 36, 10 * 4 * 11, 10 * 4)]
    public void Tables_sums_and_indices_are_counted_apart(LoopOrder order, int tables, int sums, int indices)
    {
        var product = Example with { Shape = new(RowCount: 10, SubspaceCount: 3, ColumnCount: 7), Centroids = 9, TableBits = 4 };

        Assert.Equal(new OnChipMemory(tables, sums, indices), OnChipMemory.Of(product, order, columnsInParallel: 4, sumBits: 11));
    }

    // Tiles of 16, 16 and 4 rows; of each a search with 4 columns and a replay with 2; loads of 4 beats, which take 6 cycles a group.
    [Fact]
    public void Parts_are_busy_as_long_as_their_beats_take()
    {
        var core = Core.From(DesignFile.Load(Repository.Configs.Single(file => Path.GetFileName(file) == "tiny.json")));
        var shape = new LayerShape(RowCount: 36, SubspaceCount: 3, ColumnCount: 6);

        var parts = PartCycles.Of(core, shape);

        Assert.Equal(2 * 3 * 16 + 3 * 6, parts.Search);
        Assert.Equal(2 * (2 * 3 * 16 + 3 * 4), parts.Lookup);
        Assert.Equal(6 * 3 * 6, parts.Tables);
        Assert.Equal(2 * (32 + 16) + 8 + 4 + (3 * (2 + 1 + 2)), parts.Results);
        Assert.Equal(0, parts.Memory);
        Assert.Equal(216 + core.SearchLatency, parts.Omega(core));
    }

    [Fact]
    public void Operations_and_bytes_are_those_of_the_papers_formulas()
    {
        var product = new LookupProduct(
            new LayerShape(RowCount: 10, SubspaceCount: 3, ColumnCount: 7), InputCount: 5, VectorLength: 2, Centroids: 9,
            DistanceMetric.L2, CentroidBits: 8, TableBits: 4, OutputBits: 6);

        Assert.Equal(2 * 10 * 5 * 7, product.ProductOperations);
        Assert.Equal((3 * 10 * 6 * 9) + (10 * 7 * 3), product.Operations);
        Assert.Equal((2 * 10 * 6 * 9) + (10 * 7 * 3), (product with { Metric = DistanceMetric.Chebyshev }).Operations);
        Assert.Equal((7 * 9 * 3 * 4) + (10 * 3 * 4) + (10 * 7 * 6) + (6 * 9 * 8), product.TrafficBits);
    }

    [Fact]
    public void No_layer_takes_fewer_cycles_than_its_busiest_part() => AnyCycles.CoreAndShape.Sample(sample =>
    {
        var parts = PartCycles.Of(sample.Core, sample.Shape);

        Assert.InRange(parts.Bound, 1, LayerCycles.Of(sample.Core, "layer", sample.Shape).Cycles);
        Assert.Equal(parts.Bound, new[] { parts.Search, parts.Lookup, parts.Tables, parts.Results }.Max());
    }, iter: 1000);

    [Theory]
    [InlineData(9, 8, 7, 6, 5, LayerLimit.Search)]
    [InlineData(8, 9, 7, 6, 5, LayerLimit.Lookup)]
    [InlineData(8, 7, 9, 6, 5, LayerLimit.Tables)]
    [InlineData(8, 7, 6, 9, 5, LayerLimit.Results)]
    [InlineData(8, 7, 6, 5, 9, LayerLimit.Memory)]
    public void The_busiest_part_is_the_limit(long search, long lookup, long tables, long results, long memory, LayerLimit limit) =>
        Assert.Equal(limit, new PartCycles(search, lookup, tables, results, memory).Limit);

    [Fact]
    public void Traffic_is_that_of_the_streams_that_a_layer_is_driven_with() => AnyMapping.CoreAndShape
        .Select(Gen.Int[0, 1_000_000]).Sample((any, seed) =>
        {
            var (core, shape) = any;
            var layer = RandomLayer.Of(new Random(seed), core, shape, "any");
            var streams = new LayerStreams(core, layer);

            var traffic = StreamTraffic.Of(core, shape);

            // The bit that marks the last beat is no data.
            Assert.Equal(Bits(streams.Codebook), traffic.Codebooks);
            Assert.Equal(Bits(streams.Activation), traffic.Activations);
            Assert.Equal(Bits(streams.Table), traffic.Tables);
            Assert.Equal(Bits(streams.Parameter) - streams.Parameter.Count, traffic.Parameters);
            Assert.Equal(streams.ResultBeats * (core.Streams.Result.PayloadBits - 1), traffic.Results);
        });

    [Fact]
    public void A_memory_takes_the_cycles_in_which_everything_crosses_its_port() => AnyCycles.CoreAndShape.Sample(sample =>
    {
        var product = Example with { Shape = sample.Shape };
        var (narrow, wide) = (new MemoryPort(1, 100), new MemoryPort(1 << 20, 0));
        var bits = StreamTraffic.Of(sample.Core, sample.Shape).Total;

        var ideal = LayerCost.Of(sample.Core, "layer", product);
        var stalled = LayerCost.Of(sample.Core, "layer", product, narrow);

        Assert.True(stalled.Cycles >= 100 + bits / 8);
        Assert.True(stalled.Cycles >= ideal.Cycles);
        Assert.Equal(ideal.Cycles, LayerCost.Of(sample.Core, "layer", product, wide).Cycles);
    }, iter: 300);

    [Fact]
    public void A_layers_product_is_its_own()
    {
        var layer = RandomLayer.Of(new Random(1), Core.From(RandomDesign.Of(1)), new LayerShape(4, 3, 5), "layer").Layer with
        {
            OutputMinimum = 0, OutputMaximum = 100, Window = new() { Height = 3, Width = 2 },
        };

        var product = LookupProduct.Of(layer, rows: 4);

        Assert.Equal(
            (new LayerShape(4, layer.SubspaceCount, 5), 6 * layer.InputChannels, layer.VectorLength, layer.CentroidCount,
                layer.ActivationBits, layer.TableBits, 8),
            (product.Shape, product.InputCount, product.VectorLength, product.Centroids, product.CentroidBits, product.TableBits,
                product.OutputBits));
    }

    private static long Bits(BeatList beats) => (long)beats.Count * beats.PayloadBits;
}
