using System.Globalization;
using LutDla.Boundary;
using LutDla.Exploration.Calibration;

namespace LutDla.Exploration.Memories;

/// <summary>Fits a <see cref="SramModel"/> to the macros of a table.</summary>
public static class SramFit
{
    /// <summary>Larger macros are left out: memories of a core are made of several.</summary>
    public const int MostBits = 1 << 18;

    private const int LeastShapes = 4;

    // Figures as they are written, so that a last bit that another processor rounds otherwise changes no file.
    private const string CoefficientFormat = "G6";
    private const int ErrorDigits = 4;

    // Of a figure: a term that is less of every macro is what rounding left, and differs between processors.
    private const double Negligible = 1e-5;

    private static readonly RelativeFit Relative = new(Floor: 0);

    /// <summary>The model of one family of a table.</summary>
    /// <param name="family">As the table has it.</param>
    /// <param name="prefix">Only macros whose names begin so; empty for all.</param>
    /// <exception cref="InvalidInputException">The table has too few such macros, or of several nodes or voltages.</exception>
    public static SramModel Of(SramTable table, string family, string prefix, SramPorts ports)
    {
        SramMacro[] named = [.. table.Macros.Where(m => m.Family == family && m.Name.StartsWith(prefix, StringComparison.Ordinal))];
        Check(table, family, prefix, named);
        SramMacro[] macros = [.. named.Where(m => m.Bits <= MostBits)];
        int[] shapes = Shapes(macros);
        if (shapes.Distinct().Count() is var count && count < LeastShapes)
        {
            throw Refuse(
                table, family, string.Create(CultureInfo.InvariantCulture, $"{count} shapes of at most {MostBits} bits"),
                $"A model is fitted to at least {LeastShapes} shapes.", "Add macros to the table.");
        }

        return new(
            family, new(Path.GetFileName(table.File), table.Sha256, prefix), macros[0].NodeNanometres, macros[0].Volts, ports,
            string.Join("; ", macros.Select(m => m.Note).Where(note => note.Length > 0).Distinct()), macros.Length,
            Range(macros, m => m.Words), Range(macros, m => m.WordBits), Range(macros, m => (int)m.Bits),
            SramQuantityRules.All.Where(quantity => IsKnown(macros, quantity))
                .ToDictionary(quantity => quantity, quantity => Cost(macros, shapes, quantity)));
    }

    private static void Check(SramTable table, string family, string prefix, SramMacro[] macros)
    {
        if (macros.Length == 0)
        {
            var named = prefix.Length == 0 ? "" : $" whose name begins with {prefix}";
            throw Refuse(
                table, family, "no macros", $"The table has no macro of it{named}.",
                $"Name one of {string.Join(", ", table.Macros.Select(m => m.Family).Distinct().Order(StringComparer.Ordinal))}.");
        }

        if (macros.Select(m => (m.NodeNanometres, m.Volts)).Distinct().Skip(1).Any())
            throw Refuse(table, family, "several nodes or voltages", "A family has one of each.", "Give each a family of its own.");
    }

    // Several macros of one shape are left out together: one of them would tell what the others cost.
    private static int[] Shapes(SramMacro[] macros)
    {
        var numbers = macros.Select(m => (m.Words, m.WordBits)).Distinct().Index().ToDictionary(s => s.Item, s => s.Index);
        return [.. macros.Select(m => numbers[(m.Words, m.WordBits)])];
    }

    // One figure for macros of all sizes was never measured.
    private static bool IsKnown(SramMacro[] macros, SramQuantity quantity) =>
        macros.All(m => m.Figures.ContainsKey(quantity)) && macros.Select(m => m.Figures[quantity]).Distinct().Skip(1).Any();

    private static SramCost Cost(SramMacro[] macros, int[] shapes, SramQuantity quantity)
    {
        var structures = macros.Select(m => SramStructure.Of(quantity, m.Words, m.WordBits)).ToArray();
        double[][] rows = [.. structures.Select(terms => terms.Select(term => term.Amount).ToArray())];
        double[] figures = [.. macros.Select(m => m.Figures[quantity])];
        var errors = Relative.ErrorsLeftOut(rows, figures, shapes);
        var each = Relative.Coefficients(rows, figures)
            .Select((cost, j) => rows.Zip(figures, (row, figure) => cost * row[j] / figure).Max() < Negligible ? 0 : Written(cost));
        return new(
            [.. structures[0].Zip(each, (term, cost) => new SramTerm(term.Name, cost))],
            Math.Round(errors.Average(), ErrorDigits), Math.Round(errors.Max(), ErrorDigits));
    }

    private static double Written(double coefficient) => double.Parse(
        coefficient.ToString(CoefficientFormat, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static SampledRange Range(SramMacro[] macros, Func<SramMacro, int> amount) => new(macros.Min(amount), macros.Max(amount));

    private static InvalidInputException Refuse(SramTable table, string family, string value, string rule, string mend) =>
        new(table.File, $"family {family}", value, rule, mend);
}
