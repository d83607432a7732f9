namespace LutDla.Cosim.Tests.Mutation;

/// <summary>How a run of a design with many faults chooses one of them, by its number, or none: so that they share one build.</summary>
internal static class FaultChoice
{
    private const string PortsEnd = "\n);\n";

    private const string Declaration = """

          reg [15:0] chosen_fault;
          initial if (!$value$plusargs("fault=%d", chosen_fault)) chosen_fault = 16'd0;

        """;

    /// <summary>The argument that chooses a fault; 0 chooses none.</summary>
    public static string Argument(int number) => $"+fault={number}";

    /// <summary>Verilog: whether a fault is chosen.</summary>
    public static string Is(int number) => $"chosen_fault == 16'd{number}";

    /// <summary>The text of a module in which <see cref="Is"/> has a meaning.</summary>
    public static string Declare(string module) =>
        module.IndexOf(PortsEnd, StringComparison.Ordinal) is >= 0 and var ports
            ? module.Insert(ports + PortsEnd.Length, Declaration)
            : module;

    /// <summary>Whether a place in the text of a module lies behind its ports.</summary>
    public static bool IsInBody(string module, int place) => place > module.IndexOf(PortsEnd, StringComparison.Ordinal);
}
