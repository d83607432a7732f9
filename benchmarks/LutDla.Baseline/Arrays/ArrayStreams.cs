using LutDla.Hardware;

namespace LutDla.Baseline.Arrays;

/// <summary>The streams of an array and the fields of their payloads: those of a core, with weights in the place of tables.</summary>
public sealed class ArrayStreams(MacArray array)
{
    /// <summary>One command a pass: some rows, all steps, one set of columns.</summary>
    public CoreStream Command { get; } = new("command", StreamRole.Input, "Passes.",
    [
        new("last_block", array.BlockBits, 1, $"blocks of {array.Config.Rows} rows, less 1"),
        new("last_row", array.RowBits, 1, "rows of the last block that leave, less 1"),
        new("last_step", array.StepBits, 1, $"steps of {array.StepProducts} products, less 1"),
        new("last_beat", array.RowBeatBits, 1, "result beats of a row, less 1"),
        .. array.KeepsActivations ? (StreamField[])[new("keep", 1, 1, "1: the activations stay for the next pass")] : [],
        new("minimum", array.Config.OutputBits, 1, "lowest result, signed") { IsSigned = true },
        new("maximum", array.Config.OutputBits, 1, "highest result, signed") { IsSigned = true },
    ]);

    public CoreStream Weight { get; } = new("weight", StreamRole.Input, array.WeightOrder,
    [
        new("elements", array.Config.Operands.WeightBits, array.WeightBeatElements, "column by column, element by element, signed")
            { IsSigned = true },
    ]);

    public CoreStream Activation { get; } = new("activation", StreamRole.Input, array.ActivationOrder,
    [
        new(
            "elements", array.Config.Operands.ActivationBits, array.Config.Rows * array.StepProducts,
            "row by row, element by element, signed") { IsSigned = true },
    ]);

    /// <summary>As many beats as a row has result beats, once a pass.</summary>
    public CoreStream Parameter { get; } = new(
        "parameter", StreamRole.Input, "Rescale parameters of the columns, a beat for each result beat of a row.",
    [
        new("columns", array.Rescale.ParameterBits, array.Config.RescaleUnits, "rescale parameters")
            { Parts = array.Rescale.ParameterFields },
        new("last", 1, 1, "the last beat"),
    ]);

    /// <summary>Row by row.</summary>
    public CoreStream Result { get; } = new("result", StreamRole.Output, "Results, row by row.",
    [
        new("values", array.Config.OutputBits, array.Config.RescaleUnits, "lowest column first, signed") { IsSigned = true },
        new("last", 1, 1, "the last beat of the pass"),
    ]);

    /// <summary>All, in the order of the port list.</summary>
    public IReadOnlyList<CoreStream> All => [Command, Weight, Activation, Parameter, Result];
}
