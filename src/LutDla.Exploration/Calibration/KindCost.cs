namespace LutDla.Exploration.Calibration;

/// <summary>What a module of a kind was measured to cost.</summary>
/// <param name="Kind">As its Verilog is called, without the prefix of a design.</param>
/// <param name="Point">What it is made of and, of energy, how busy it was.</param>
/// <param name="Cost">In the unit of the quantity.</param>
internal sealed record KindCost(CostQuantity Quantity, string Kind, CostPoint Point, double Cost);
