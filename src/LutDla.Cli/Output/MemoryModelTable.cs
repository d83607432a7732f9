using System.Globalization;
using LutDla.Exploration.Memories;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>A model of memory macros with its errors.</summary>
internal sealed record MemoryModelTable(SramModel Model)
{
    public object ForJson => new
    {
        Model.Family, Source = Model.Source.File, SourceSha256 = Model.Source.Sha256, Model.NodeNanometres, Model.Volts,
        Ports = Model.Ports.Word(), Model.Note, Model.Macros, Model.Words, Model.WordBits, Model.Bits, Model.ScaledFrom,
        Quantities = Model.Costs.Select(cost => new { Name = cost.Key.Word(), cost.Value.MeanError, cost.Value.WorstError }),
    };

    public void Show(Terminal terminal)
    {
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{Model.Family}: {Model.NodeNanometres} nm, {(Model.Volts is { } volts ? $"{volts:0.###} V" : "voltage not known")}, "
            + $"ports {Model.Ports.Word()}; fitted to {Model.Macros} macros of {Model.Source.File} with {Range(Model.Words)} words of "
            + $"{Range(Model.WordBits)} bits, {Range(Model.Bits)} bits in all."));
        if (Model.Note.Length > 0)
            terminal.Line($"{Model.Source.File} notes: {Model.Note}.");
        var table = new Table().AddColumns("quantity", "unit", "mean error", "worst error", "model");
        foreach (var quantity in SramQuantityRules.All)
        {
            var cost = Model.Costs.GetValueOrDefault(quantity);
            table.AddRow(
                NameOf(quantity), UnitOf(quantity), cost is null ? "-" : Figures.Percent(cost.MeanError),
                cost is null ? "-" : Figures.Percent(cost.WorstError),
                cost is null ? "not known" : string.Join(" + ", cost.Terms.Where(t => t.Each > 0).Select(Text)));
        }

        terminal.Table(table);
        terminal.Line("errors: of shapes that were left out of the fit, one at a time.");
        if (Model.Costs.Count < SramQuantityRules.All.Count)
            terminal.Line("not known: not in the table for all macros, the same for all sizes, or not to be had by scaling.");
        if (Model.ScaledFrom is { } node)
        {
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Scaled from {node} nm: areas with the square of the feature size, times with it, energies with it and the square of the "
                + $"voltage (Dennard 1974). The errors are those before scaling."));
        }
    }

    private static string Range(SampledRange range) => string.Create(CultureInfo.InvariantCulture, $"{range.Least} to {range.Most}");

    private static string Text(SramTerm term) => string.Create(CultureInfo.InvariantCulture, $"{term.Each:G4} {term.Name}");

    private static string NameOf(SramQuantity quantity) => quantity.Word().Replace('_', ' ');

    private static string UnitOf(SramQuantity quantity) => quantity switch
    {
        SramQuantity.Area => "um2",
        SramQuantity.Leakage => "nW",
        SramQuantity.AccessTime => "ns",
        _ => "pJ",
    };
}
