using System.Globalization;
using LutDla.Hardware;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Schedule;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>What the LUT layers of a network cost on a core.</summary>
internal sealed class LayerEstimates
{
    private const double BitsOfKibibyte = 8 * 1024;

    private readonly Core _core;
    private readonly EstimatedNetwork _network;
    private readonly IReadOnlyList<LayerCost> _layers;
    private readonly IReadOnlyList<(LoopOrder Order, string Name, OnChipMemory Memory)> _orders;

    /// <param name="memory">What feeds the core; null is one that never stalls it.</param>
    /// <exception cref="Boundary.InvalidInputException">The core cannot run a layer, or it takes more cycles than are counted.</exception>
    public LayerEstimates(Core core, EstimatedNetwork network, MemoryPort? memory)
    {
        (_core, _network) = (core, network);
        _layers = [.. network.Layers.Select(l => LayerCost.Of(core, l.Name, l.Product, memory))];
        _orders = [.. Enum.GetValues<LoopOrder>().Select(Largest)];
    }

    public IReadOnlyList<LayerCost> Costs => _layers;

    public long Cycles => _layers.Sum(l => l.Cycles);

    public object LayersForJson => _layers.Select(l => new
    {
        l.Name, l.Product.Shape, l.Product.InputCount, l.Product.ProductOperations, l.Product.Operations, l.Product.TrafficBits,
        l.Omega, l.Cycles, l.Parts.Limit, l.Parts, Streams = l.Traffic,
    });

    public object OrdersForJson => _orders.Select(o => new { o.Order, o.Name, o.Memory });

    public bool IsConverted => _network.IsConverted;

    public IReadOnlyList<string> ExactLayers => _network.ExactLayers;

    public void Show(Terminal terminal)
    {
        ShowLayers(terminal);
        ShowOrders(terminal);
        HostLayers.Show(terminal, ExactLayers);
        if (!IsConverted)
        {
            terminal.Line(
                $"Not converted yet: layers as lutdla convert makes them for {_core.Name}; whether it holds their sums is told then.");
        }
    }

    // What the layer that needs most of it needs.
    private (LoopOrder Order, string Name, OnChipMemory Memory) Largest(LoopOrder order) => _layers
        .Select(l => (order, l.Name, Memory: OnChipMemory.Of(l.Product, order, _core.Columns, _core.AccumulatorBits)))
        .MaxBy(l => l.Memory.Total);

    private void ShowLayers(Terminal terminal)
    {
        var table = new Table().AddColumns(
            "layer", "M x K x N", "2·M·K·N", "tau", "phi KiB", "omega", "cycles", "of peak", "limit", "of cycles", "streams KiB");
        foreach (var column in table.Columns.Skip(2))
            column.RightAligned();
        foreach (var l in _layers)
        {
            table.AddRow(
                l.Name, $"{l.Product.Shape.RowCount} x {l.Product.InputCount} x {l.Product.Shape.ColumnCount}",
                Figures.Count(l.Product.ProductOperations), Figures.Count(l.Product.Operations), Kibibytes(l.Product.TrafficBits),
                Figures.Count(l.Omega), Figures.Count(l.Cycles), Figures.OfPeak(_core, l.Product.Shape.Lookups, l.Cycles),
                $"{l.Parts.Limit}".ToLowerInvariant(), Figures.Percent((double)l.Parts.Bound / l.Cycles), Kibibytes(l.Traffic.Total));
        }

        table.AddRow(
            "all", "", Figures.Count(Sum(l => l.Product.ProductOperations)), Figures.Count(Sum(l => l.Product.Operations)),
            Kibibytes(Sum(l => l.Product.TrafficBits)), Figures.Count(Sum(l => l.Omega)), Figures.Count(Cycles),
            Figures.OfPeak(_core, Sum(l => l.Product.Shape.Lookups), Cycles), "", "", Kibibytes(Sum(l => l.Traffic.Total)));
        terminal.Table(table);
        terminal.Line("tau, phi, omega: operations, bytes and cycles by the paper's models.");
        terminal.Line("limit: the part of the core, or the memory, that is busy for the largest share of the cycles.");
        terminal.Line("streams: what crosses the ports of the core, whole beats counted.");
    }

    private void ShowOrders(Terminal terminal)
    {
        var table = new Table().AddColumns("loops, outermost first", "on chip KiB", "tables", "sums", "indices", "most in");
        foreach (var column in table.Columns.Skip(1).SkipLast(1))
            column.RightAligned();
        foreach (var (order, name, memory) in _orders)
        {
            table.AddRow(
                order == LoopOrder.LutStationary ? "N, K, M LUT-stationary" : string.Join(", ", $"{order}".ToUpperInvariant().ToArray()),
                Kibibytes(memory.Total), Kibibytes(memory.Tables), Kibibytes(memory.Sums), Kibibytes(memory.Indices), name);
        }

        terminal.Table(table);
    }

    private long Sum(Func<LayerCost, long> cost) => _layers.Sum(cost);

    private static string Kibibytes(long bits) => (bits / BitsOfKibibyte).ToString("N1", CultureInfo.InvariantCulture);
}
