using System.CommandLine;
using System.Globalization;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Schedule;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>What the layers of a network cost on a core by models alone, the paper's beside the schedule's.</summary>
internal static class EstimateCommand
{
    private const double BitsOfKibibyte = 8 * 1024;

    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var config = CommonOptions.Config();
        var images = Options.Integer("--images", "Images whose rows go through each layer together.", 1, 10_000).WithDefault(1);
        var bandwidth = Options.OptionalInteger(
            "--memory-bytes", "Bytes a cycle between the core and its memory; without it the memory never stalls the core.", 1, 65536);
        var latency = Options.Integer("--memory-latency", "Cycles from the first request to its bytes.", 0, 1_000_000).WithDefault(0);
        Options.Require(latency, bandwidth);
        return CommandRun.Define(
            "estimate",
            "Says what each LUT layer of a network costs on a core, and what limits it: operations, bytes and cycles by the paper's " +
            "models, cycles in closed form, memory on chip by the order of the loops.",
            "lutdla estimate --network resnet8-edge.safetensors --config configs/edge.json --memory-bytes 8",
            [network, config, images, bandwidth, latency],
            run => Task.FromResult(Run(
                run, run.Get(network), run.Get(config), run.Get(images),
                run.Find(bandwidth) is { } bytes ? new MemoryPort(bytes, run.Get(latency)) : null)));
    }

    private static Outcome Run(CommandRun run, string file, string config, int images, MemoryPort? memory)
    {
        var core = Core.From(DesignFile.Load(config));
        var network = ArtefactFile.Read(file);
        LayerCost[] layers =
        [
            .. BatchedLayer.Of(core, file, network, images)
                .Select(l => LayerCost.Of(core, l.Node.Name, LookupProduct.Of(l.Node.Layer, l.Rows), memory)),
        ];
        var orders = Enum.GetValues<LoopOrder>().Select(order => (Order: order, Most: Largest(core, layers, order))).ToArray();

        ShowLayers(run.Terminal, core, layers);
        ShowOrders(run.Terminal, orders);
        HostLayers.Show(run.Terminal, network);
        return new(ExitCode.Success, new
        {
            Design = core.Name, Images = images, Memory = memory, core.LookupsPerCycle,
            Cycles = layers.Sum(l => l.Cycles),
            Layers = layers.Select(l => new
            {
                l.Name, l.Product.Shape, l.Product.InputCount, l.Product.ProductOperations, l.Product.Operations, l.Product.TrafficBits,
                l.Omega, l.Cycles, l.Parts.Limit, l.Parts, Streams = l.Traffic,
            }),
            OnChip = orders.Select(o => new { o.Order, o.Most.Name, o.Most.Memory }),
            ExactLayers = HostLayers.Of(network),
        });
    }

    private static (string Name, OnChipMemory Memory) Largest(Core core, IEnumerable<LayerCost> layers, LoopOrder order) => layers
        .Select(l => (l.Name, Memory: OnChipMemory.Of(l.Product, order, core.Columns, core.AccumulatorBits)))
        .MaxBy(l => l.Memory.Total);

    private static void ShowLayers(Terminal terminal, Core core, LayerCost[] layers)
    {
        var table = new Table().AddColumns(
            "layer", "M x K x N", "2·M·K·N", "tau", "phi KiB", "omega", "cycles", "of peak", "limit", "of cycles", "streams KiB");
        foreach (var column in table.Columns.Skip(2))
            column.RightAligned();
        foreach (var l in layers)
        {
            table.AddRow(
                l.Name, $"{l.Product.Shape.RowCount} x {l.Product.InputCount} x {l.Product.Shape.ColumnCount}",
                Figures.Count(l.Product.ProductOperations), Figures.Count(l.Product.Operations), Kibibytes(l.Product.TrafficBits),
                Figures.Count(l.Omega), Figures.Count(l.Cycles), Figures.OfPeak(core, l.Product.Shape.Lookups, l.Cycles),
                Name(l.Parts.Limit), Figures.Percent((double)l.Parts.Bound / l.Cycles), Kibibytes(l.Traffic.Total));
        }

        var cycles = layers.Sum(l => l.Cycles);
        table.AddRow(
            "all", "", Figures.Count(layers.Sum(l => l.Product.ProductOperations)), Figures.Count(layers.Sum(l => l.Product.Operations)),
            Kibibytes(layers.Sum(l => l.Product.TrafficBits)), Figures.Count(layers.Sum(l => l.Omega)), Figures.Count(cycles),
            Figures.OfPeak(core, layers.Sum(l => l.Product.Shape.Lookups), cycles), "", "", Kibibytes(layers.Sum(l => l.Traffic.Total)));
        terminal.Table(table);
        terminal.Line("tau, phi, omega: operations, bytes and cycles by the paper's models.");
        terminal.Line("limit: the part of the core, or the memory, that is busy for the largest share of the cycles.");
        terminal.Line("streams: what crosses the ports of the core, whole beats counted.");
    }

    private static void ShowOrders(Terminal terminal, IEnumerable<(LoopOrder Order, (string Name, OnChipMemory Memory) Most)> orders)
    {
        var table = new Table().AddColumns("loops, outermost first", "on chip KiB", "tables", "sums", "indices", "most in");
        foreach (var column in table.Columns.Skip(1).SkipLast(1))
            column.RightAligned();
        foreach (var (order, (name, memory)) in orders)
        {
            table.AddRow(
                order == LoopOrder.LutStationary ? "N, K, M LUT-stationary" : string.Join(", ", $"{order}".ToUpperInvariant().ToArray()),
                Kibibytes(memory.Total), Kibibytes(memory.Tables), Kibibytes(memory.Sums), Kibibytes(memory.Indices), name);
        }

        terminal.Table(table);
    }

    private static string Name(LayerLimit limit) => $"{limit}".ToLowerInvariant();

    private static string Kibibytes(long bits) => (bits / BitsOfKibibyte).ToString("N1", CultureInfo.InvariantCulture);
}
