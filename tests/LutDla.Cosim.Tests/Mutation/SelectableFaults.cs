using LutDla.Rtl;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// Many faults in one design, of which a run chooses one by <c>+fault=NUMBER</c>, or none: so that they share one build. A fault takes
/// the place of an expression, or of a statement where what it replaces ends in a semicolon.
/// </summary>
internal sealed class SelectableFaults(IReadOnlyList<TextMutation> faults)
{
    private const string PortsEnd = "\n);\n";

    private const string Choice = """

          reg [7:0] chosen_fault;
          initial if (!$value$plusargs("fault=%d", chosen_fault)) chosen_fault = 8'd0;

        """;

    /// <summary>The argument that chooses a fault.</summary>
    public static string Argument(int number) => $"+fault={number}";

    /// <summary>The numbers of the faults, from 1 on, in their order.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(1, faults.Count);

    /// <summary>The design with all faults in it; those whose file it lacks are left out.</summary>
    public IReadOnlyList<VerilogFile> Apply(IReadOnlyList<VerilogFile> files)
    {
        foreach (var (fault, number) in faults.Zip(Numbers).Where(f => files.Any(file => file.Name == f.First.File)))
            files = (fault with { Faulty = Chosen(fault, number) }).Apply(files);
        return [.. files.Select(f => faults.Any(fault => fault.File == f.Name) ? f with { Text = WithChoice(f.Text) } : f)];
    }

    private static string Chosen(TextMutation fault, int number) => fault.Sound.EndsWith(';')
        ? $"if (chosen_fault == 8'd{number}) begin {fault.Faulty} end else begin {fault.Sound} end"
        : $"(chosen_fault == 8'd{number} ? ({fault.Faulty}) : ({fault.Sound}))";

    private static string WithChoice(string text)
    {
        var end = text.IndexOf(PortsEnd, StringComparison.Ordinal) + PortsEnd.Length;
        return text[..end] + Choice + text[end..];
    }
}
