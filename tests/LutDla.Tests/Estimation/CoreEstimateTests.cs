using LutDla.Exploration.Calibration;
using LutDla.Exploration.Estimation;
using LutDla.Exploration.Memories;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Modules.Streams;
using LutDla.Mapping;
using LutDla.Mapping.Costs;

namespace LutDla.Tests.Estimation;

public sealed class CoreEstimateTests
{
    private static readonly Core Macros = Core.From(DesignFile.Load(Repository.File("benchmarks", "designs", "edge_asic.json")));

    private static readonly TechnologyModel Technology = SampleTechnology.Of(SampleTechnology.Kinds(Macros), hasPower: true);

    private static readonly SramModel Family = SramCatalogue.Find("sky130_openram");

    // Of a counter of 6 bits: 10 and 6 always; in the drain, where it counts results, 1 and 6 more in each such cycle.
    [Fact]
    public void A_cycle_costs_more_where_the_part_that_a_module_serves_is_busy()
    {
        Assert.Equal(new EnergyProfile(16, 0, 0, 0, 7), Technology.EnergyOf(new Counter(6), "u_drain.u_beat", ""));
        Assert.Equal(new EnergyProfile(16, 7, 7, 0, 0), Technology.EnergyOf(new Counter(6), "u_index_buffer.u_block", ""));
        Assert.Equal(new EnergyProfile(16, 0, 7, 7, 7), Technology.EnergyOf(new Counter(6), "gen_module[*].u_imm.x", ""));
        Assert.Equal(16 + 0.25 * 7 + 0.5 * 7, new EnergyProfile(16, 7, 7, 0, 0).At(new(0.25, 0.5, 1, 1)));
    }

    [Fact]
    public void A_core_is_the_sum_of_its_modules()
    {
        var estimate = CoreEstimate.Of(Macros, new(Technology, Family));
        var all = Macros.Top.Occurrences().ToList();
        var busy = new Activity(0.5, 0.25, 1, 0.125);

        Assert.Equal(all.Sum(o => o.Count * Technology.AreaOf(o.Module)), estimate.CellArea, 6);
        Assert.Equal(
            all.Sum(o => o.Count * (
                Technology.EnergyOf(o.Module, o.Path, o.Role).At(busy) / estimate.ClockNanoseconds + Technology.LeakageOf(o.Module) / 1e6)),
            estimate.CellMilliwatts(busy)!.Value, 6);
        Assert.Equal(all.Max(o => Technology.PathInto(o.Module)), estimate.PathNanoseconds);
        Assert.Equal(
            MacroMemory.Of(Macros, Family).Sum(m => m.Copies * m.Area), estimate.MacroArea, 6);
        Assert.Equal(
            all.Select(o => (o.Module as MemoryModule, o.Count)).Where(m => m.Item1 is { Style: MemoryStyle.Macro })
                .Sum(m => m.Count * m.Item1!.Bits),
            estimate.MacroBits);
    }

    [Fact]
    public void Parts_that_are_known_already_cost_the_same_as_new_ones()
    {
        var costs = new PartCosts(Technology, Family);
        _ = CoreEstimate.Of(Macros, costs);
        var wider = Core.From(Macros.Config with { Matching = Macros.Config.Matching with { Modules = 3 } });

        var (kept, fresh) = (CoreEstimate.Of(wider, costs), CoreEstimate.Of(wider, new(Technology, Family)));

        Assert.Equal(
            (fresh.CellArea, fresh.MacroArea, fresh.MacroBits, fresh.Cost.Energy),
            (kept.CellArea, kept.MacroArea, kept.MacroBits, kept.Cost.Energy));
    }

    // The slowest path of the sample technology takes longer than the 10 ns that cells were chosen for.
    [Fact]
    public void The_clock_is_that_of_the_cells_unless_a_path_or_a_macro_is_slower()
    {
        var estimate = CoreEstimate.Of(Macros, new(Technology, Family));
        var quick = CoreEstimate.Of(Macros, new(SampleTechnology.Of(SampleTechnology.Kinds(Macros)), family: null));

        Assert.True(estimate.PathNanoseconds > 10);
        Assert.Equal(Math.Max(estimate.PathNanoseconds!.Value, estimate.MacroNanoseconds!.Value), estimate.ClockNanoseconds);
        Assert.Equal(10, quick.ClockNanoseconds);
        Assert.Null(quick.PathNanoseconds);
        Assert.Null(quick.CellMilliwatts(Activity.Full));
        Assert.Empty(quick.Cost.Macros);
    }

    // With two buffers each is looked at and written in half of the lookups.
    [Fact]
    public void A_macro_costs_its_accesses_and_its_leakage()
    {
        var accesses = MacroAccesses.Of(Macros, MemoryRole.Scratchpad, new(0, Lookup: 0.5, 0, 0));
        Assert.Equal(new MacroAccesses(0.25, 0.25), accesses);
        Assert.Equal(new MacroAccesses(0.5, 0.25), MacroAccesses.Of(Macros, MemoryRole.IndexBuffer, new(0.25, 0.5, 0, 0)));
        Assert.Equal(new MacroAccesses(0.125, 0), MacroAccesses.Of(Macros, MemoryRole.Parameters, new(0, 0, 0, 0.125)));

        var estimate = CoreEstimate.Of(Macros, new(Technology, Family));
        var idle = estimate.MacroMilliwatts(default)!.Value;
        Assert.Equal(MacroMemory.Of(Macros, Family).Sum(m => m.Copies * m.LeakageNanowatts!.Value) / 1e6, idle, 9);
        var buffer = MacroMemory.Of(Macros, Family).Single(m => m.Role == MemoryRole.Parameters);
        Assert.Equal(
            buffer.Copies * buffer.ReadPicojoules!.Value / estimate.ClockNanoseconds
            + MacroMemory.Of(Macros, Family).Where(m => m.Role == MemoryRole.Scratchpad).Sum(m => m.Copies * m.ReadPicojoules!.Value)
            / Macros.Drain.RowBeats / Macros.RowsInParallel / 2 / estimate.ClockNanoseconds,
            estimate.MacroMilliwatts(new(0, 0, 0, 1))!.Value - idle, 9);
    }

    [Fact]
    public void A_network_costs_what_its_layers_cost_one_after_the_other()
    {
        var core = CoreEstimate.Of(Macros, new(Technology, Family));
        LookupProduct Product(int rows, int columns) => new(
            new LayerShape(rows, 36, columns), InputCount: 144, VectorLength: 4, Centroids: 16, DistanceMetric.L1, 8, 8, 8);
        LayerCost[] layers = [LayerCost.Of(Macros, "a", Product(64, 16)), LayerCost.Of(Macros, "b", Product(49, 40))];

        var network = NetworkEstimate.Of(core, [(layers[0], 2), (layers[1], 1)], images: 2);

        var cycles = 2 * layers[0].Cycles + layers[1].Cycles;
        var nanojoules = new[] { layers[0], layers[0], layers[1] }.Sum(layer =>
            core.CellMilliwatts(Activity.Of(layer.Parts, layer.Cycles))!.Value * layer.Cycles * core.ClockNanoseconds / 1000);
        Assert.Equal(cycles, network.Cycles);
        Assert.Equal(2 * 144 * (2 * 64 * 16 + 49 * 40), network.Operations);
        Assert.Equal(cycles * core.ClockNanoseconds / 1e6, network.Milliseconds, 9);
        Assert.Equal(nanojoules / 1000, network.CellMicrojoules!.Value, 6);
        Assert.Equal(network.Operations / network.Milliseconds / 1e6, network.Gops, 6);
        Assert.Equal(network.Gops / (core.Area / 1e6), network.GopsOfSquareMillimetre, 6);
        Assert.Equal((network.CellMicrojoules + network.MacroMicrojoules)!.Value / 2, network.MicrojoulesOfImage!.Value, 6);
        Assert.Equal(2 * network.MicrojoulesOfImage!.Value / network.Milliseconds, network.Milliwatts!.Value, 6);
        Assert.Equal(network.Gops / (network.Milliwatts!.Value / 1000), network.GopsOfWatt!.Value, 6);
        Assert.Equal(network.TrafficBits * 20 / 1e6, network.TrafficMicrojoules, 9);
    }
}
