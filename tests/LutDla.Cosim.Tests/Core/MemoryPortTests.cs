using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>
/// The estimate with a memory that is not ideal, against simulations in which all streams but the commands share one port.
/// </summary>
public sealed class MemoryPortTests(ITestOutputHelper output)
{
    // Percent, as docs/estimating.md has it.
    private const double Bound = 6;

    // Several tiles and sets of columns; fewer rows than a tile; a single row, which loads tables and does little else.
    private static readonly LayerShape[] Shapes = [new(256, 36, 32), new(64, 72, 64), new(100, 50, 16), new(600, 36, 16), new(1, 100, 120)];

    private static readonly (int Bytes, int Latency)[] Ports = [(1, 0), (4, 0), (8, 100), (16, 20), (32, 500)];

    // Two buffers and indices that are kept; one buffer and searches again.
    [Theory]
    [InlineData("edge")]
    [InlineData("tiny")]
    public async Task Cycles_are_near_the_estimate(string design)
    {
        var config = DesignFile.Load(Repository.File($"configs/{design}.json"));
        var core = HardwareCore.From(config with { Tile = config.Tile with { MaximumSubspaces = 100 } });
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var simulator = await CoreCheck.BuildAsync(core, files, TestContext.Current.CancellationToken);
        var errors = new List<double>();
        foreach (var (seed, shape) in Shapes.Index())
        {
            var data = RandomLayer.Of(new Random(seed), core, shape, "layer");
            foreach (var (bytes, latency) in Ports)
            {
                var estimate = LayerCost.Of(core, "layer", LookupProduct.Of(data.Layer, shape.RowCount), new MemoryPort(bytes, latency));
                var simulated = await SimulateAsync(core, simulator, data, SharedPort.Of(core, bytes, latency), 2 * estimate.Cycles);
                errors.Add(100.0 * (estimate.Cycles - simulated) / simulated);
                output.WriteLine(
                    $"{design}, {shape.RowCount} x {shape.SubspaceCount} x {shape.ColumnCount}, {bytes} bytes a cycle, latency {latency}: "
                    + $"{simulated} cycles, estimated {estimate.Cycles}, {errors[^1]:+0.0;-0.0;0.0} %");
            }
        }

        output.WriteLine($"{design}: mean of the errors' sizes {errors.Average(Math.Abs):F1} %, largest {errors.Max(Math.Abs):F1} %");
        Assert.All(errors, error => Assert.InRange(error, -Bound, Bound));
    }

    private static async Task<long> SimulateAsync(
        HardwareCore core, StreamSimulator simulator, LayerData data, SharedPort port, long cycleBudget)
    {
        var streams = new LayerStreams(core, data);
        var request = NetworkCosimulation.Request(core, streams, cycleBudget) with { Port = port };

        var run = await simulator.RunAsync(request, TestContext.Current.CancellationToken);

        Assert.Null(CoreCheck.FirstMismatch(core, data, streams, run));
        return run[core.Streams.Result.Name].Cycles[^1];
    }
}
