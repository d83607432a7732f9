namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// Mutants that change nothing which the regression could see, though a module's neighbours or a rule of use are needed to say so; what
/// Yosys proves of a module alone is not listed.
/// </summary>
internal static class KnownEquivalents
{
    private const string LoadsFollow =
        "What a write without a reset stores is loaded over: a shadow is only used once each of its rows has been written.";

    private const string SwapsRunAhead =
        "A swap that is on its way when the reset ends passes each stage of the chain before the first load reaches it.";

    private const string HalvesAreAlike = "The halves of the memory change roles at each swap; either may begin.";

    /// <summary>Reasons by <see cref="TokenMutant.Key"/>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["ccm.v: {(Centroids-1){1'b0}} -> swap_q"] = SwapsRunAhead,
        ["ccm.v: {(Centroids-1){1'b0}} -> {(Centroids-1){1'b1}}"] = SwapsRunAhead,
        ["codebook_loader.v: 1'b0 -> 1'b1"] = LoadsFollow,
        ["codebook_loader.v: 1'b0 -> write_enable_o"] = LoadsFollow,
        ["table_loader.v: {Modules*Steps*Chunks{1'b0}} -> write_enable_o"] = LoadsFollow,
        ["table_loader.v: {Modules*Steps*Chunks{1'b0}} -> {Modules*Steps*Chunks{1'b1}}"] = LoadsFollow,
        ["table_bank_fpga_ram.v: 1'b0 -> 1'b1"] = HalvesAreAlike,
        ["table_bank_fpga_ram.v: 1'b0 -> half_q"] = HalvesAreAlike,
        ["table_bank_macro.v: 1'b0 -> 1'b1"] = HalvesAreAlike,
        ["table_bank_macro.v: 1'b0 -> half_q"] = HalvesAreAlike,
        ["clock_gate.v: clk_i && enable_q -> clk_i || enable_q"] = "Only synthesis reads this form; ClockGateTests finds the fault.",
        ["load_gate.v: 1'b0 -> full_q"] =
            "closed_q is reset, so full_q falls a cycle after the reset; no command has passed its queue by then.",
        ["rescale_unit.v: value < minimum -> value <= minimum"] = "The same where minimum <= maximum, which is a rule of use.",
        ["stream_fifo.v: { {Width{1'b0}}, entries_q} -> { {Width{1'b1}}, entries_q}"] = "The payload of a place that is empty.",
    };
}
