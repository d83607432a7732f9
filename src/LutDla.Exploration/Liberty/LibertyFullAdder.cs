namespace LutDla.Exploration.Liberty;

/// <summary>Pins of a full adder: a cell with three inputs whose outputs are their sum and their carry.</summary>
public sealed record LibertyFullAdder(string A, string B, string C, string Sum, string Carry)
{
    private const ulong SumTable = 0b1001_0110;
    private const ulong CarryTable = 0b1110_1000;

    /// <summary>Finds the adder by what its outputs compute, whatever they are called.</summary>
    /// <param name="outputs">Function of each output pin.</param>
    internal static LibertyFullAdder? Of(IReadOnlyList<string> inputs, IReadOnlyDictionary<string, string> outputs)
    {
        if (inputs.Count != 3 || outputs.Count != 2)
            return null;
        var tables = outputs.ToDictionary(o => o.Key, o => LibertyFunction.Table(o.Value, inputs), StringComparer.Ordinal);
        var (sum, carry) = (tables.FirstOrDefault(t => t.Value == SumTable).Key, tables.FirstOrDefault(t => t.Value == CarryTable).Key);
        return sum is null || carry is null ? null : new LibertyFullAdder(inputs[0], inputs[1], inputs[2], sum, carry);
    }
}
