using System.Globalization;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;
using LutDla.Hardware.Configuration;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>The designs that no other of a space betters.</summary>
internal static class FrontTable
{
    private const int MostRows = 40;

    public static void Show(Terminal terminal, DesignSpace space, IReadOnlyList<FrontPoint> front)
    {
        Quantity[] shown = [.. space.Objectives.Concat(space.Limits.Select(l => l.Quantity)).Distinct()];
        var keys = space.Axes.Select(axis => axis.Key).ToLookup(key => front.Select(p => key.Of(p.Config)).Distinct().Count() > 1);
        DesignKey[] free = [.. keys[true]];
        var table = new Table().AddColumns(["hash", .. shown.Select(q => q.Word()), .. free.Select(key => key.Path.Split('.')[1])]);
        foreach (var column in table.Columns.Take(1 + shown.Length))
            column.NoWrap().RightAligned();
        foreach (var point in front.Take(MostRows))
        {
            table.AddRow(
            [
                point.Hash, .. shown.Select(q => Number(point.Figures[q])), .. free.Select(key => key.Spell(key.Of(point.Config))),
            ]);
        }

        terminal.Table(table);
        if (front.Count > 0 && keys[false].Any())
        {
            var same = keys[false].Select(key => $"{key.Path} = {key.Spell(key.Of(front[0].Config))}");
            terminal.Line($"All have {string.Join(", ", same)}.");
        }

        if (front.Count > MostRows)
            terminal.Line($"The first {MostRows} of {Figures.Count(front.Count, "point")}; --json has all.");
    }

    public static object ForJson(IReadOnlyList<FrontPoint> front) => front.Select(point => new
    {
        point.Hash, point.Point, Format = $"{point.Format}",
        Figures = Quantities.All.Where(q => double.IsFinite(point.Figures[q])).ToDictionary(q => q.Word(), q => point.Figures[q]),
        Values = DesignKey.All.ToDictionary(key => key.Path, key => key.Spell(key.Of(point.Config))),
    });

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);
}
