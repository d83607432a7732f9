using LutDla.Rtl;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// Many faults in one design, of which a run chooses one as <see cref="FaultChoice"/> says. A fault takes
/// the place of an expression, or of a statement where what it replaces ends in a semicolon.
/// </summary>
internal sealed class SelectableFaults(IReadOnlyList<TextMutation> faults)
{
    /// <summary>The numbers of the faults, from 1 on, in their order.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(1, faults.Count);

    /// <summary>The design with all faults in it; those whose file it lacks are left out.</summary>
    public IReadOnlyList<VerilogFile> Apply(IReadOnlyList<VerilogFile> files)
    {
        foreach (var (fault, number) in faults.Zip(Numbers).Where(f => files.Any(file => file.Name == f.First.File)))
            files = (fault with { Faulty = Chosen(fault, number) }).Apply(files);
        return [.. files.Select(f => faults.Any(fault => fault.File == f.Name) ? f with { Text = FaultChoice.Declare(f.Text) } : f)];
    }

    private static string Chosen(TextMutation fault, int number) => fault.Sound.EndsWith(';')
        ? $"if ({FaultChoice.Is(number)}) begin {fault.Faulty} end else begin {fault.Sound} end"
        : $"({FaultChoice.Is(number)} ? ({fault.Faulty}) : ({fault.Sound}))";
}
