using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Hardware.Schedule;

namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// Runs every LUT layer of a network through the RTL core, tile by tile as the schedule says, on real images. The host does what
/// is around the layers (im2col, pooling, additions); every index and every result is compared with the golden model.
/// </summary>
public sealed class NetworkCosimulation(Core core, StreamSimulator simulator)
{
    // A hang ends here: more than any legal stall pattern can cost, on top of the cycles that the schedule needs.
    private const int BudgetFactor = 40;

    public required StallPattern Stalls { get; init; }

    /// <summary>See <see cref="SimulationRequest.ProbeHandshake"/>.</summary>
    public bool ProbeHandshake { get; init; }

    /// <summary>The layers of a network with the rows of these images.</summary>
    public static IReadOnlyList<LayerData> Layers(QuantizedNetwork network, IEnumerable<ReadOnlyMemory<byte>> images) =>
        Layers(network, images, (image, trace) => GoldenNetwork.Run(network, image.Span, trace));

    /// <summary>The layers of a network of tokens with the rows of these sequences.</summary>
    public static IReadOnlyList<LayerData> Layers(QuantizedNetwork network, IEnumerable<ReadOnlyMemory<int>> sequences) =>
        Layers(network, sequences, (sequence, trace) => GoldenNetwork.Run(network, sequence.Span, trace));

    /// <exception cref="InvalidInputException">There is no layer, or the core cannot run one; holds every reason.</exception>
    public static void Check(Core core, string file, IEnumerable<LayerData> layers)
    {
        LayerData[] all = [.. layers];
        InputProblem[] problems = all.Length == 0
            ? [new InputProblem(file, "nodes", "no LUT layer", "A core needs at least one.", "Convert the network with fewer exact layers.")]
            : [.. all.SelectMany(layer => layer.Problems(file, core))];
        if (problems.Length > 0)
            throw new InvalidInputException(problems);
    }

    /// <param name="trace">Where a waveform of the first difference goes; nothing writes none.</param>
    public async Task<LayerResult> RunAsync(LayerData layer, string? trace, CancellationToken cancellation = default)
    {
        var stimuli = new LayerStimuli(core, layer);
        var scheduled = CycleModel.Run(core, stimuli.Passes)[^1].LastResult;
        var request = stimuli.Request(Stalls, ProbeHandshake, 1000 + BudgetFactor * scheduled);
        SimulationRun run;
        string? failure = null;
        try
        {
            run = await simulator.RunAsync(request, cancellation);
        }
        catch (SimulationFailedException e)
        {
            (run, failure) = (e.Partial, e.Message);
        }

        var mismatch = FirstMismatch(layer, stimuli, run);
        if (trace is not null && mismatch is { Cycle: { } cycle })
            await simulator.TraceAsync(request, new TraceWindow(Math.Max(0, cycle - 40), cycle + 10), trace, cancellation);
        var results = run[core.Streams.Result.Name];
        return new LayerResult(
            layer.Name, layer.Shape, stimuli.Passes.Count, run[core.Streams.Index.Name].Count, results.Count,
            results.Count == 0 ? 0 : results.Cycles[^1], scheduled, layer.Shape.Lookups,
            run.RunTime, mismatch, failure);
    }

    private static IReadOnlyList<LayerData> Layers<T>(QuantizedNetwork network, IEnumerable<T> examples, Action<T, Action<LutNode, LutLayerTrace>> run)
    {
        var traces = new Dictionary<string, List<LutLayerTrace>>();
        foreach (var example in examples)
            run(example, (node, trace) => (traces.TryGetValue(node.Name, out var list) ? list : traces[node.Name] = []).Add(trace));
        return [.. network.Nodes.OfType<LutNode>().Select(node => LayerData.From(node.Name, node.Layer, traces[node.Name]))];
    }

    // The earliest by cycle: a wrong index comes before the result that it spoils.
    private Mismatch? FirstMismatch(LayerData layer, LayerStimuli stimuli, SimulationRun run)
    {
        var (indices, results) = (run[core.Streams.Index.Name], run[core.Streams.Result.Name]);
        if (indices.FirstDifference(stimuli.Index) is { Cycle: not null } index)
            return Mismatch.OfIndex(core, layer, stimuli, indices, index);
        if (results.FirstDifference(stimuli.Result) is { } result)
            return Mismatch.OfResult(core, layer, stimuli, results, result);
        return indices.FirstDifference(stimuli.Index) is { } missing ? Mismatch.OfIndex(core, layer, stimuli, indices, missing) : null;
    }
}
