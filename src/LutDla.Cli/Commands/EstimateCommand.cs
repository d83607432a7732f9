using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Estimation;
using LutDla.Exploration.Memories;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Schedule;

namespace LutDla.Cli.Commands;

/// <summary>What a core costs, and the layers of a network on it, by models alone.</summary>
internal static class EstimateCommand
{
    private const double MillivoltsOfVolt = 1000;

    public static Command Create()
    {
        var config = CommonOptions.Config();
        var network = new PathOption<string?>("--network", PathUse.Stays)
        {
            HelpName = "FILE",
            Description = "Network, for the cycles of its layers: converted (artefact), or float, as lutdla convert takes it.",
        };
        var technology = new PathOption<string?>("--technology", PathUse.Stays)
        {
            HelpName = "FILE", Description = "Technology, as lutdla calibrate writes it: area by module.",
        };
        var memories = new PathOption<string?>("--memories", PathUse.Stays)
        {
            HelpName = "NAME|FILE",
            Description =
                $"Memory macros, as lutdla calibrate --memories writes them, or one of {string.Join(", ", SramCatalogue.Names)}: area, " +
                "energy of an access and leakage of memories of the style macro.",
        };
        var node = Options.OptionalInteger("--memories-node", "Scales the macros to a node of so many nanometres.", 3, 1000);
        var millivolts = Options.OptionalInteger(
            "--memories-millivolts", "Supply at that node; without it the energies are not known there.", 100, 10_000);
        var images = Options.Integer("--images", "Images whose rows go through each layer together.", 1, 10_000).WithDefault(1);
        var bandwidth = Options.OptionalInteger(
            "--memory-bytes", "Bytes a cycle between the core and its memory; without it the memory never stalls the core.", 1, 65536);
        var latency = Options.Integer("--memory-latency", "Cycles from the first request to its bytes.", 0, 1_000_000).WithDefault(0);
        var unconverted = new UnconvertedOptions(network);
        Options.Require(latency, bandwidth);
        Options.Require(bandwidth, network);
        Options.Require(images, network);
        Options.Require(node, memories);
        Options.Require(millivolts, node);
        return CommandRun.Define(
            "estimate",
            "Says what a design costs, and each LUT layer of a network on it, without synthesis and simulation: area by module, " +
            "clock, power; operations, bytes and cycles by the paper's models; cycles in closed form and what limits them; memory on " +
            "chip by the order of the loops.",
            "lutdla estimate --network resnet8-edge.safetensors --config configs/edge.json --memory-bytes 8",
            [config, network, .. unconverted.All, technology, memories, node, millivolts, images, bandwidth, latency],
            run =>
            {
                var core = Core.From(DesignFile.Load(run.Get(config)));
                return Task.FromResult(Run(
                    run, core, run.Find(network) is { } file ? () => unconverted.Read(run, core, file, run.Get(images)) : null,
                    run.Find(technology), Macros(run.Find(memories), run.Find(node), run.Find(millivolts)), run.Get(images),
                    run.Find(bandwidth) is { } bytes ? new MemoryPort(bytes, run.Get(latency)) : null));
            });
    }

    private static SramModel? Macros(string? nameOrFile, int? node, int? millivolts)
    {
        var model = nameOrFile is null ? null : SramCatalogue.Find(nameOrFile);
        return node is { } nanometres ? model?.ScaledTo(nanometres, millivolts / MillivoltsOfVolt) : model;
    }

    private static Outcome Run(
        CommandRun run, Core core, Func<EstimatedNetwork>? read, string? technology, SramModel? macros, int images, MemoryPort? memory)
    {
        if (read is null && technology is null && macros is null)
        {
            throw new InvalidInputException(
                "command line", "--network, --technology, --memories", "(none)", "at least one must be given.",
                "Name a network for cycles, a technology file for the area, or macros for the memories.");
        }

        // Everything is read before anything is printed.
        var model = technology is null ? null : ReadTechnology(core, technology);
        var layers = read is null ? null : new LayerEstimates(core, read(), memory);
        var memories = macros is null ? null : new MemoryTable(macros, MacroMemory.Of(core, macros));
        var area = model is null ? null : AreaTable.Of(core, model, memories);
        var estimate = model is null ? null : CoreEstimate.Of(core, new PartCosts(model, macros));
        var network = estimate is null || layers is null ? null : NetworkEstimate.Of(estimate, layers.Costs.Select(l => (l, 1)), images);
        if (model is not null)
            area?.Show(run.Terminal, model);
        memories?.Show(run.Terminal);
        layers?.Show(run.Terminal);
        if (estimate is not null)
            DesignFigures.Show(run.Terminal, estimate, network);
        return new(ExitCode.Success, new
        {
            Design = core.Name, core.LookupsPerCycle, Images = images, Memory = memory,
            Technology = model is null ? null : new { model.Library, model.LibrarySha256, model.Yosys },
            area?.Area, AreaPerLookup = area?.Area / core.LookupsPerCycle, area?.Modules, area?.UnpricedBits,
            UnsampledShare = area?.Unsampled, MemoryArea = memories?.Area, TotalArea = area?.Area + memories?.Area,
            Memories = memories?.ForJson,
            layers?.IsConverted, layers?.Cycles, Layers = layers?.LayersForJson, OnChip = layers?.OrdersForJson, layers?.ExactLayers,
            Figures = estimate is null ? null : DesignFigures.ForJson(estimate, network),
        });
    }

    private static TechnologyModel ReadTechnology(Core core, string file)
    {
        var model = TechnologyFile.Read(file);
        return model.UnknownKinds(core) is not { Count: > 0 } unknown ? model : throw new InvalidInputException(
            file, "kinds", string.Join(", ", unknown),
            "the design has such modules, and the technology file does not know what they cost.",
            core.Config.Memories.Tables == MemoryStyle.FpgaRam ? "Cells of a library are no RAM of an FPGA: choose other memories.tables."
            : model.HasLatches ? "Make it again with lutdla calibrate."
            : "Its library has no latches with an area: choose flip_flop memories.");
    }
}
