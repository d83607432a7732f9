using System.CommandLine;
using System.Security.Cryptography;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Memories;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;
using LutDla.Exploration.Store;
using LutDla.Hardware;
using LutDla.Mapping.Schedule;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Rendering;
using LutDla.Training.Conversion;

namespace LutDla.Cli.Commands;

/// <summary>Finds the best designs of a space for a network.</summary>
internal static class ExploreCommand
{
    // A day or two.
    private const long MostEnumerated = 1_000_000_000;

    private sealed record Request(
        DesignSpace Space, TechnologyModel Technology, SramModel? Macros, string StoreFile, string[] Rules, int Images,
        MemoryPort? Memory, bool IsSearch, int Workers, int ProbeImages, int ProbeTests, IReadOnlyDictionary<string, string> Inputs)
    {
        public PointEvaluator Evaluator(INetworkPlan network) => new(Space, network, new(Technology, Macros), Images, Memory);
    }

    public static Command Create()
    {
        var (network, data) = (new NetworkOptions(isRequired: false), new DataOptions(hasTest: true));
        var layers = FormatOptions.LayerRules();
        var space = new PathOption<string?>("--space", PathUse.Stays)
        {
            HelpName = "FILE", Description = "Space of designs: a design, what of it is free, limits and objectives (docs/exploring.md).",
        };
        var technology = new PathOption<string?>("--technology", PathUse.Stays)
        {
            HelpName = "FILE", Description = "Technology, as lutdla calibrate writes it.",
        };
        var memories = new PathOption<string?>("--memories", PathUse.Stays)
        {
            HelpName = "NAME|FILE",
            Description = $"Memory macros, as for lutdla estimate: {string.Join(", ", SramCatalogue.Names)}, or a file.",
        };
        var store = Options.Path(
            "--store", PathUse.IsWritten, "FILE",
            "What was found so far (SQLite). A stopped run goes on from it; an explored one is shown.");
        var images = Options.Integer("--images", "Examples whose rows go through each layer together.", 1, 10_000).WithDefault(1);
        var bandwidth = Options.OptionalInteger(
            "--memory-bytes", "Bytes a cycle between the core and its memory; without it the memory never stalls the core.", 1, 65536);
        var latency = Options.Integer("--memory-latency", "Cycles from the first request to its bytes.", 0, 1_000_000).WithDefault(0);
        var search = new Option<bool>("--search")
        {
            Description = "Grow designs instead of estimating every point: for spaces too large for that. Better ones may be missed.",
        };
        var workers = Options.Integer("--workers", "Points that are estimated at once.", 1, 1024).WithDefault(Environment.ProcessorCount);
        var probeImages = Options.Integer("--probe-images", "Training images that a format is fitted to.", 10, 100_000).WithDefault(200);
        var probeTests = Options.Integer("--probe-tests", "Test images that its accuracy is measured on.", 10, 100_000).WithDefault(1000);
        var pick = new Option<string?>("--pick")
        {
            HelpName = "HASH", Description = "Writes a point of the front into --out: design, RTL, and the commands that convert for it.",
        };
        var target = new PathOption<string?>("--out", PathUse.IsReplaced)
        {
            HelpName = "FOLDER", Description = "With --pick: folder to write; replaced if it holds only what lutdla generated.",
        };
        Options.Require(latency, bandwidth);
        return CommandRun.Define(
            "explore",
            "Estimates every design of a space for a network, measures what each format costs in accuracy, and shows the designs that no " +
            "other betters. Runs again, with the same files, it goes on where it was stopped.",
            "lutdla explore --space spaces/resnet8.json --weights networks/resnet8-fashion.safetensors --technology cells.json " +
            "--memories sky130_openram --store resnet8.db",
            [
                space, .. network.All, layers, .. data.All, technology, memories, store, images, bandwidth, latency, search, workers,
                probeImages, probeTests, pick, target,
            ],
            run => (run.Find(pick), run.FindOutputFolder(target)) switch
            {
                ({ } hash, { } folder) => Task.FromResult(Pick(run, run.Get(store), hash, folder)),
                (null, null) => ExploreAsync(run, data, network, Read(run)),
                _ => throw new InvalidInputException(
                    "command line", $"{pick.Name}, {target.Name}", "one of them", "are given both or neither.",
                    "Say which point to write, and where to."),
            });

        Request Read(CommandRun run)
        {
            var spaceFile = run.Find(space) ?? throw Missing(space);
            var technologyFile = run.Find(technology) ?? throw Missing(technology);
            if (!network.IsGiven(run))
                throw Missing(network.All.First());
            var read = SpaceFile.Read(spaceFile);
            var (cells, macros) = (TechnologyFile.Read(technologyFile), run.Find(memories) is { } name ? SramCatalogue.Find(name) : null);
            var memory = run.Find(bandwidth) is { } bytes ? new MemoryPort(bytes, run.Get(latency)) : null;
            string[] rules = run.Find(layers) ?? [];
            return new(
                read, cells, macros, run.GetOutput(store), rules, run.Get(images), memory, run.Get(search), run.Get(workers),
                run.Get(probeImages), run.Get(probeTests), new Dictionary<string, string>
                {
                    ["space"] = SpaceFile.Format(read), ["technology"] = HashOf(technologyFile),
                    ["memories"] = macros is null ? "none" : SramModelFile.Text(macros),
                    ["weights"] = $"{Path.GetFileName(network.Path(run))} {HashOf(network.Path(run))}",
                    ["layers"] = string.Join(' ', rules), ["images"] = $"{run.Get(images)}", ["memory"] = $"{memory}",
                    ["search"] = run.Get(search) ? "grow" : "all",
                    ["probe"] = $"{run.Get(probeImages)} {run.Get(probeTests)} {run.Seed}", ["data"] = $"{data.Origin(run)}",
                });
        }
    }

    private static InvalidInputException Missing(Option option) =>
        new("command line", option.Name, "(none)", "must be given, unless --pick is.", $"Add {option.Name} {option.HelpName}.");

    private static async Task<Outcome> ExploreAsync(CommandRun run, DataOptions data, NetworkOptions network, Request request)
    {
        var (train, test) = data.LoadBoth(run);
        using var source = network.Read(run, train);
        (train, test) = (train.LabelledFor(source, run.Cancellation), test.LabelledFor(source, run.Cancellation));
        // Here, where a message can be told, and not by one of the threads.
        FormatOptions.Of(Core.From(request.Space.Base), request.Rules).Check(source.Graph);
        var plan = new PlannedNetwork(network.Path(run), source.Graph, request.Rules, request.Images);
        using var store = ExplorationStore.Open(request.StoreFile, request.Inputs);
        var points = request.IsSearch ? Search(run, request, plan, store) : await EnumerateAsync(run, request, plan, store);
        ShowVerdicts(run.Terminal, points.Verdicts);
        if (points.Fronts.Count == 0)
        {
            run.Terminal.Line("No design of the space keeps all limits.");
            return new(ExitCode.Mismatch, new { Points = request.Space.Count, points.Verdicts, Front = Array.Empty<object>() });
        }

        var drops = ExploredFront.NeedsAccuracy(request.Space)
            ? await ProbeAsync(
                run, request, store, points, new(source, train, test.Take(request.ProbeTests), request.ProbeImages, run.Seed))
            : new Dictionary<PointFormat, double>();
        var front = ExploredFront.Of(request.Space, points.Fronts, drops);
        FrontTable.Show(run.Terminal, request.Space, front);
        if (front.Count == 0)
            run.Terminal.Line("No design of the space keeps all limits: no format is accurate enough, or none could be measured.");
        return new(front.Count == 0 ? ExitCode.Mismatch : ExitCode.Success, new
        {
            Points = request.Space.Count, points.Verdicts, Probes = drops.Select(d => new { Format = $"{d.Key}", Drop = d.Value }),
            Front = FrontTable.ForJson(front),
        });
    }

    private static Enumerated Search(CommandRun run, Request request, INetworkPlan plan, ExplorationStore store)
    {
        var (found, evaluations) = new GuidedSearch(request.Space, request.Evaluator(plan)).Run(run.Cancellation);
        store.Add(0, found);
        run.Terminal.Line(
            $"Estimated {Figures.Count(evaluations)} of {Figures.Count(request.Space.Count, "point")}: better ones may have been missed.");
        return found;
    }

    private static async Task<Enumerated> EnumerateAsync(CommandRun run, Request request, INetworkPlan plan, ExplorationStore store)
    {
        if (request.Space.Count > MostEnumerated)
        {
            throw new InvalidInputException(
                "command line", "--space", Figures.Count(request.Space.Count, "point"),
                $"must have at most {Figures.Count(MostEnumerated)} to estimate them all.", "Add --search, or vary less.");
        }

        var enumeration = new Enumeration(request.Space, () => request.Evaluator(plan));
        var known = store.Chunks(request.Space.EnumeratedObjectives);
        var stage = Figures.Count(request.Space.Count, "point");
        return await run.Terminal.TrackAsync("enumerate", track => Task.Run(() =>
        {
            var done = known.Count;
            track.Report(done, enumeration.Chunks, stage);
            return enumeration.Run(known, request.Workers, (number, chunk) =>
            {
                store.Add(number, chunk);
                track.Report(++done, enumeration.Chunks, stage);
            }, run.Cancellation);
        }));
    }

    // Formats of which no point keeps the other limits are not measured.
    private static async Task<IReadOnlyDictionary<PointFormat, double>> ProbeAsync(
        CommandRun run, Request request, ExplorationStore store, Enumerated points, AccuracyProbe probe)
    {
        var known = store.Probes().ToDictionary();
        PointFormat[] formats = [.. points.Fronts.Keys.OrderBy(f => $"{f}", StringComparer.Ordinal)];
        var before = await Task.Run(() => probe.Source.Accuracy(probe.Test, run.Cancellation));
        await run.Terminal.TrackAsync("measure accuracy", track => Task.Run(() =>
        {
            foreach (var (i, format) in formats.Index())
            {
                track.Report(i, formats.Length, $"{Figures.Count(formats.Length, "format")}");
                if (!known.ContainsKey(format))
                    known[format] = Probe(request, store, points.Fronts[format], format, probe, run.Cancellation);
            }

            return true;
        }));
        foreach (var (format, (_, reason)) in known.Where(k => k.Value.Accuracy is null))
            run.Terminal.Line($"{format}: not measured. {reason}");
        return known.Where(k => k.Value.Accuracy is not null)
            .ToDictionary(k => k.Key, k => 100 * (before - k.Value.Accuracy ?? 0));
    }

    private static (double? Accuracy, string? Reason) Probe(
        Request request, ExplorationStore store, Front front, PointFormat format, AccuracyProbe probe, CancellationToken cancellation)
    {
        var core = Core.From(request.Space.ConfigAt(request.Space.PlacesOf(front.Points[0].Point)));
        (double? Accuracy, string? Reason) result;
        try
        {
            result = (probe.Measure(FormatOptions.Of(core, request.Rules), cancellation), null);
        }
        catch (InvalidInputException e)
        {
            result = (null, e.Message);
        }

        store.Add(format, result.Accuracy, result.Reason);
        return result;
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void ShowVerdicts(Terminal terminal, IReadOnlyDictionary<PointVerdict, long> verdicts)
    {
        foreach (var (verdict, words) in new[]
        {
            (PointVerdict.IllegalDesign, "break a rule of designs"), (PointVerdict.NetworkDoesNotFit, "cannot run the network"),
            (PointVerdict.NotPriced, "have parts whose cost neither technology nor macros tell (is --memories missing?)"),
            (PointVerdict.Failed, "take more cycles than are counted"),
            (PointVerdict.BeyondLimits, "break a limit"), (PointVerdict.Kept, "keep all limits on what is estimated"),
        })
        {
            if (verdicts.TryGetValue(verdict, out var count))
                terminal.Line($"{Figures.Count(count, "point")} {words}.");
        }
    }

    private static Outcome Pick(CommandRun run, string storeFile, string hash, string target)
    {
        using var store = ExplorationStore.Read(storeFile);
        var inputs = store.Inputs();
        var space = SpaceFile.Parse(storeFile, inputs.GetValueOrDefault("space") ?? "");
        var chunks = store.Chunks(space.EnumeratedObjectives);
        var config = chunks.Values.SelectMany(c => c.Fronts.Values).SelectMany(front => front.Points)
            .Select(p => space.ConfigAt(space.PlacesOf(p.Point))).FirstOrDefault(c => ExploredFront.HashOf(c) == hash)
            ?? throw new InvalidInputException(
                "command line", "--pick", hash, $"is no point of a front in {storeFile}.", "lutdla explore lists them with their hashes.");
        var core = Core.From(config);
        var weights = inputs.GetValueOrDefault("weights")?.Split(' ')[0] ?? "network";
        var rules = inputs.GetValueOrDefault("layers") is { Length: > 0 } some ? $" --layer {some}" : "";
        var command = $"lutdla convert --weights {weights} --config design.json{rules} --out converted.safetensors";
        var files = HandoffFolder.Of(core, TemplateRenderer.Default, new HandoffFile("convert.txt", $"{command}\n"));
        OutputFolder.Replace(target, files);
        run.Terminal.Line($"{core.TopName}: {Figures.Count(files.Count, "file")} in {target}. To convert the network for it, there:");
        run.Terminal.Line(command);
        return new(ExitCode.Success, new { Folder = Path.GetFullPath(target), Top = core.TopName, Files = files.Select(f => f.Path) });
    }
}
