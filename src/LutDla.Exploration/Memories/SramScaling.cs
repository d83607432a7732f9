namespace LutDla.Exploration.Memories;

/// <summary>
/// Another node by classical scaling: lengths, capacitances and delays shrink with the feature size, so that areas go with its square,
/// and energies with the feature size and the square of the voltage. Leakage follows no such rule and is left out.
/// </summary>
/// <remarks>
/// R. H. Dennard et al., "Design of ion-implanted MOSFET's with very small physical dimensions", IEEE Journal of Solid-State Circuits
/// 9(5), 1974, table I. A. Stillmaker, B. Baas, "Scaling equations for the accurate prediction of CMOS device performance from 180 nm
/// to 7 nm", Integration 58, 2017, say how far it is off for logic; <c>scripts/bench.sh memories</c> does for these macros.
/// </remarks>
public static class SramScaling
{
    /// <param name="node">In nanometres.</param>
    /// <param name="volts">Of the supply; without it no energy is known.</param>
    public static SramModel ScaledTo(this SramModel model, double node, double? volts) => model with
    {
        NodeNanometres = node, Volts = volts, ScaledFrom = model.ScaledFrom ?? model.NodeNanometres,
        Costs = model.Costs
            .Select(cost => (cost.Key, cost.Value, Factor: Factor(cost.Key, node / model.NodeNanometres, volts / model.Volts)))
            .Where(cost => cost.Factor is not null)
            .ToDictionary(cost => cost.Key, cost => Scaled(cost.Value, cost.Factor ?? 1)),
    };

    private static double? Factor(SramQuantity quantity, double length, double? voltage) => quantity switch
    {
        SramQuantity.Area => length * length,
        SramQuantity.AccessTime => length,
        SramQuantity.Leakage => null,
        _ => length * voltage * voltage,
    };

    private static SramCost Scaled(SramCost cost, double factor) =>
        cost with { Terms = [.. cost.Terms.Select(term => term with { Each = term.Each * factor })] };
}
