using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;

namespace LutDla.Cli.Commands;

/// <summary>The design that shall run what a conversion makes, if one is named.</summary>
/// <param name="Notes">Options that say something else than the design.</param>
internal sealed record ConversionTarget(Core? Core, QuantisationOptions Format, IReadOnlyList<string> Notes)
{
    /// <exception cref="InvalidInputException">The design is broken, or a rule of a layer is none.</exception>
    public static ConversionTarget Of(CommandRun run, FormatOptions format)
    {
        var core = format.FindCore(run);
        return new(core, format.Get(run, core), core is null ? [] : [.. format.Contradictions(run, core)]);
    }

    /// <summary>Says before the conversion what it will make, and whether the design can run that, as far as sizes tell.</summary>
    /// <param name="file">The float network's, for the message.</param>
    /// <exception cref="InvalidInputException">The design cannot run a layer.</exception>
    public void Announce(Terminal terminal, string file, FloatGraph graph)
    {
        var (layers, all) = (Format.Plan(graph).ToList(), graph.Operations.OfType<MatrixOperation>().Count());
        if (Core is { } core)
        {
            InputProblem[] problems = [.. layers.SelectMany(layer => LayerFit.Problems(core, file, layer.Name, layer.Sizes))];
            if (problems.Length > 0)
                throw new InvalidInputException(problems);
        }

        foreach (var note in Notes)
            terminal.Line(note);
        var runs = (Core, layers.Count) switch
        {
            (null, _) => "",
            ({ } design, 0) => $", so nothing is left for the design {design.Name}",
            ({ } design, _) => $"; by their sizes the design {design.Name} runs them, whether it holds their sums is told at the end",
        };
        terminal.Line($"{layers.Count} of {Figures.Count(all, "layer")} {(layers.Count == 1 ? "becomes" : "become")} lookups{runs}.");
    }

    /// <summary>Says whether the design can run what was made.</summary>
    /// <returns>False where it cannot.</returns>
    public bool Check(Terminal terminal, string file, QuantizedNetwork network)
    {
        if (Core is not { } core)
            return true;
        LutNode[] nodes = [.. network.Nodes.OfType<LutNode>()];
        InputProblem[] problems = [.. nodes.SelectMany(node => LayerFit.Problems(core, file, node.Name, node.Layer))];
        terminal.Problems(problems);
        terminal.Line(
            nodes.Length == 0 ? $"The result has no layer of lookups for the design {core.Name}."
            : problems.Length > 0 ? $"The design {core.Name} cannot run the result."
            : nodes.Length == 1 ? $"The design {core.Name} can run the layer of lookups."
            : $"The design {core.Name} can run all {nodes.Length} layers of lookups.");
        return problems.Length == 0;
    }
}
