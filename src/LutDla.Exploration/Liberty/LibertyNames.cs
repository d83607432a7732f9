using System.Text.RegularExpressions;
using LutDla.Boundary;

namespace LutDla.Exploration.Liberty;

/// <summary>
/// Which names a Liberty file may have. They go into scripts of Yosys and Tcl and into Verilog, none of which could quote every
/// text, so what is no plain name is refused where it is read.
/// </summary>
internal static partial class LibertyNames
{
    private const int ShownCharacters = 40;
    private const string Mend = "Rename it in the library.";

    /// <returns>The name of a cell.</returns>
    /// <exception cref="InvalidInputException">There is none, or it is no plain name.</exception>
    public static string OfCell(string file, LibertyGroup cell)
    {
        if (cell.Arguments is not [var name, ..])
            throw new InvalidInputException(file, "cell", $"character {cell.Start}", "A cell has no name.", "Repair the library.");
        return Cell().IsMatch(name)
            ? name
            : throw new InvalidInputException(file, "cell", Shown(name), "A cell's name is 1 to 200 of A-Z a-z 0-9 and _.", Mend);
    }

    /// <returns>The names of a pin group: <c>pin (A, B) { ... }</c> describes two.</returns>
    /// <exception cref="InvalidInputException">There is none, or one is no plain name.</exception>
    public static IReadOnlyList<string> OfPins(string file, string cell, LibertyGroup pins)
    {
        if (pins.Arguments.Count == 0)
            throw new InvalidInputException(file, $"{cell}.pin", $"character {pins.Start}", "A pin has no name.", "Repair the library.");
        return pins.Arguments.FirstOrDefault(name => !Pin().IsMatch(name)) is { } illegal
            ? throw new InvalidInputException(
                file, $"{cell}.pin", Shown(illegal), "A pin's name is 1 to 200 of A-Z a-z 0-9 and _, perhaps with [3] or [7:0] behind it.",
                Mend)
            : pins.Arguments;
    }

    private static string Shown(string name) => name.Length <= ShownCharacters ? name : name[..ShownCharacters] + "...";

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,200}\z")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,200}(\[[0-9]{1,6}(:[0-9]{1,6})?\])?\z")]
    private static partial Regex Pin();
}
