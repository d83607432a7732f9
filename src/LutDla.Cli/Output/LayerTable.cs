using System.Globalization;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>What became of each layer, as a table.</summary>
internal static class LayerTable
{
    private const double BitsOfKibibyte = 8 * 1024;

    /// <param name="layers">At least one.</param>
    public static Table Of(IReadOnlyList<LayerReport> layers)
    {
        var table = new Table().AddColumns("layer", "format", "S", "MACs", "bits/weight", "bits/input", "KiB", "error");
        foreach (var column in table.Columns.Skip(2))
            column.RightAligned();
        foreach (var layer in layers)
            table.AddRow(
                layer.Name, Format(layer), layer.Exact is null ? $"{layer.Subspaces}" : "", Figures.Count(layer.MultiplyAccumulates),
                Number(layer.BitsPerWeight),
                Number(layer.BitsPerActivation), Number(layer.StoredBits / BitsOfKibibyte),
                layer.RelativeError is { } error ? Figures.Percent(error) : "-");
        var totals = LayerTotals.Of(layers);
        table.AddEmptyRow();
        return table.AddRow(
            "all", $"{Figures.Percent(totals.ShareReplaced)} looked up", "", Figures.Count(totals.MultiplyAccumulates),
            Number(totals.BitsPerWeight), Number(totals.BitsPerActivation), Number(totals.StoredBits / BitsOfKibibyte), "");
    }

    /// <summary>Which examples the errors are of.</summary>
    public static string ErrorNote(ErrorExamples examples) => examples.AreHeldOut
        ? $"error: of the layers' results before training, on {Figures.Count(examples.Count, "example")} that they were not fitted to."
        : $"error: of the layers' results before training, on the {Figures.Count(examples.Count, "example")} that they were fitted to, " +
          "so it is too small: there are no others.";

    /// <summary>The format, and why the layer stays exact if it does.</summary>
    public static string Format(LayerReport layer) => layer.Exact switch
    {
        null => layer.Rule.Format,
        ExactReason.Grouped => $"{layer.Rule.Format}: grouped",
        ExactReason.Largest => $"exact,w{layer.Rule.WeightBits}: largest weights",
        ExactReason.AskedFor => $"{layer.Rule.Format}: asked for",
        _ => throw new InvalidOperationException($"{layer.Exact} is no known reason to stay exact."),
    };

    private static string Number(double value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
