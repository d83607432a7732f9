using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Exploration.Power;
using LutDla.Exploration.Synthesis;
using LutDla.Golden.Artefact;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

namespace LutDla.Cli;

/// <summary>Whether the power of a mapped design is wanted, and what goes through it meanwhile.</summary>
internal sealed class PowerOptions
{
    private const int PicosecondsPerNanosecond = 1000;

    private readonly Option<bool> _power = new("--power")
    {
        Description = "Also the power of the cells: runs a layer through the gates. Needs --target liberty.",
    };

    private readonly Option<string?> _network = new PathOption<string?>("--network", PathUse.Stays)
    {
        HelpName = "FILE", Description = "Converted network whose rows go through; left out: random rows that fill the design.",
    };

    private readonly Option<string?> _layer = new("--layer")
    {
        HelpName = "NAME", Description = "Its layer; left out: the one that takes the most cycles.",
    };

    private readonly Option<int> _cycles = Options
        .Integer("--cycles", "Cycles to run at most, from the reset on.", 10, 1_000_000).WithDefault(2_000);

    private readonly Option<int> _images = Options
        .Integer("--images", "Test images, or sequences, whose rows go through.", 1, 10_000).WithDefault(1);

    private readonly Option<bool> _glitches = new("--glitches")
    {
        Description = "Gates have the delays of the library, so that glitches count; takes longer.",
    };

    private readonly DataOptions _data = new(isRemembered: true);
    private readonly SequenceOptions _sequences;

    public PowerOptions()
    {
        _sequences = new(_data.All);
        Options.Require(_layer, _network);
        Options.Require(_images, _network);
        Options.Require(_cycles, _power);
        Options.Require(_glitches, _power);
    }

    public IEnumerable<Option> All => [_power, _glitches, _network, _layer, _cycles, _images, .. _data.All, .. _sequences.All];

    /// <summary>What goes through the design; nothing if no power is wanted.</summary>
    /// <exception cref="InvalidInputException">The network does not suit the design, or has no such layer or data.</exception>
    public LayerData? Layer(CommandRun run, Core core)
    {
        var isWanted = run.Get(_power);
        if (!isWanted)
            Refuse(run, [_network], _power);
        if (run.Find(_network) is not { } file)
            Refuse(run, _data.All.Concat(_sequences.All), _network);
        else if (isWanted)
            return OfNetwork(run, core, file);
        return isWanted ? Random(core, run.Seed) : null;
    }

    /// <summary>Runs the layer through source and gates.</summary>
    /// <param name="files">Source of the core.</param>
    /// <exception cref="ToolException">Verilator is missing, or gates and source do different things.</exception>
    public async Task<PowerReport> MeasureAsync(
        CommandRun run, Core core, IReadOnlyList<VerilogFile> files, MappedDesign mapped, LayerData layer, int clockPeriodPicoseconds)
    {
        var cycles = run.Get(_cycles);
        run.Terminal.Line($"{core.TopName}: {layer.Name} goes through source and gates, up to {Figures.Count(cycles, "cycle")} ...");
        var design = new DesignUnderTest(core.TopName, files, [.. core.Streams.All.Select(s => s.Port)]);
        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, ContentCache.Default, run.Cancellation);
        using var scratch = new ScratchFolder();
        var trace = scratch.File("ports.vcd");
        await new NetworkCosimulation(core, simulator) { Stalls = StallPattern.None }
            .TracePortsAsync(layer, cycles, trace, run.Cancellation);
        return GatePower.Of(mapped, trace, (double)clockPeriodPicoseconds / PicosecondsPerNanosecond, run.Get(_glitches));
    }

    // Not while parsing, where a file that is also a result would go unnoticed.
    private static void Refuse(CommandRun run, IEnumerable<Option> options, Option missing)
    {
        if (options.FirstOrDefault(run.IsGiven) is { } option)
        {
            throw new InvalidInputException(
                "command line", option.Name, "given", $"has no meaning without {missing.Name}.", $"Give {missing.Name}, too.");
        }
    }

    private LayerData OfNetwork(CommandRun run, Core core, string file)
    {
        var network = ArtefactFile.Read(file);
        var (layers, _) = LayerRows.Load(run, _data, _sequences, file, network, run.Get(_images));
        LayerFit.Check(core, file, layers.Select(l => (l.Name, l.Layer)));
        return run.Find(_layer) is not { } name
            ? layers.MaxBy(l => l.Shape.Lookups)!
            : layers.FirstOrDefault(l => l.Name == name) ?? throw new InvalidInputException(
                "command line", "--layer", name, "is no LUT layer of the network.",
                $"Its layers: {string.Join(", ", layers.Select(l => l.Name))}.");
    }

    // Two tiles of rows, the longest sums, all lanes: nothing rests.
    private static LayerData Random(Core core, int seed) => RandomLayer.Of(
        new Random(seed), core, new LayerShape(2 * core.Config.Tile.Rows, core.Config.Tile.MaximumSubspaces, core.Columns), "random rows");
}
