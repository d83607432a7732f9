using System.Text;
using System.Text.RegularExpressions;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// A design with every token fault of every file in it, of which a run chooses one (<see cref="FaultChoice"/>).
/// </summary>
internal sealed partial class MutantDesign
{
    private readonly List<TokenMutant> _mutants = [];

    public MutantDesign(HardwareCore core)
    {
        Core = core;
        Sound = new DesignRenderer(TemplateRenderer.Default).Render(core);
        Files = [.. Sound.Select(file => file with { Text = WithFaults(file) })];
    }

    public HardwareCore Core { get; }

    /// <summary>The design as it is.</summary>
    public IReadOnlyList<VerilogFile> Sound { get; }

    /// <summary>The design with all faults, none of which is chosen.</summary>
    public IReadOnlyList<VerilogFile> Files { get; }

    public IReadOnlyList<TokenMutant> Mutants => _mutants;

    /// <summary>One module with one fault, for good.</summary>
    public VerilogFile Faulty(TokenMutant mutant)
    {
        var file = Sound.Single(f => Kind(f) == mutant.File);
        foreach (var expression in VerilogExpressions.Of(file.Text))
        {
            var text = file.Text.Substring(expression.Start, expression.Length);
            foreach (var faulty in TokenFaults.Of(expression, text))
            {
                if (LineOf(file.Text, expression.Start) == mutant.Line && OneLine(faulty) == mutant.Faulty)
                    return file with { Text = file.Text[..expression.Start] + faulty + file.Text[expression.End..] };
            }
        }

        throw new InvalidOperationException($"{mutant} is in no expression.");
    }

    private string WithFaults(VerilogFile file)
    {
        var (text, end) = (new StringBuilder(), 0);
        foreach (var expression in VerilogExpressions.Of(file.Text).Where(
            e => FaultChoice.IsInBody(file.Text, e.Start)))
        {
            if (expression.Start < end)
                continue;
            var sound = file.Text.Substring(expression.Start, expression.Length);
            text.Append(file.Text, end, expression.Start - end).Append('(');
            foreach (var faulty in TokenFaults.Of(expression, sound))
            {
                _mutants.Add(new(_mutants.Count + 1, Kind(file), LineOf(file.Text, expression.Start), OneLine(sound), OneLine(faulty)));
                text.Append($"{FaultChoice.Is(_mutants.Count)} ? ({faulty}) : ");
            }

            text.Append('(').Append(sound).Append("))");
            end = expression.End;
        }

        return FaultChoice.Declare(text.Append(file.Text, end, file.Text.Length - end).ToString());
    }

    private string Kind(VerilogFile file) => file.Name[(Core.Name.Length + 1)..];

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    private static string OneLine(string text) => Space().Replace(text.Trim(), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
