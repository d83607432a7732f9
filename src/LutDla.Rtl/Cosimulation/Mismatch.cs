namespace LutDla.Rtl.Cosimulation;

/// <summary>The first difference of a layer between RTL and golden model, in the words of the network.</summary>
/// <param name="Tile">Number of the pass in the layer's schedule, from 0; nothing if no pass asks for this place.</param>
/// <param name="Row">Row of the layer's matrix: output pixel, image after image; -1 for a row that only fills a block.</param>
/// <param name="Place">Subspace of an index, column of a result, first column of a beat.</param>
/// <param name="Expected">Golden index or result; nothing where nothing was to come.</param>
/// <param name="Actual">RTL index or result; nothing if it never came.</param>
/// <param name="Cycle">Of the transfer; nothing if it never came.</param>
/// <param name="Detail">Distances and table rows of an index, the sum behind a result.</param>
public sealed record Mismatch(
    string Layer, MismatchKind Kind, int? Tile, int Row, int Place, long? Expected, long? Actual, long? Cycle, string Detail)
{
    public override string ToString() => Kind switch
    {
        MismatchKind.Index => $"{Where("subspace")}: index {Text(Actual)}, expected {Expected}, cycle {Text(Cycle)}. {Detail}",
        MismatchKind.Result => $"{Where("column")}: result {Text(Actual)}, expected {Expected}, cycle {Text(Cycle)}. {Detail}",
        MismatchKind.Last => $"{Where("column")}: the last bit of the beat is {Actual}, expected {Expected}, cycle {Cycle}. {Detail}",
        MismatchKind.Repeated => $"{Where("column")}: result {Actual} came a second time, cycle {Cycle}. {Detail}",
        MismatchKind.SurplusIndex => $"layer {Layer}: indices that no tile searches, cycle {Cycle}. {Detail}",
        MismatchKind.SurplusResult => $"layer {Layer}: results that no tile asks for, cycle {Cycle}. {Detail}",
        _ => throw new InvalidOperationException($"No text is known for the kind {Kind}."),
    };

    private string Where(string place) => $"layer {Layer}, {(Tile is { } tile ? $"tile {tile}" : "no tile")}, row {Row}, {place} {Place}";

    private static string Text(long? value) => value is { } known ? $"{known}" : "never came";
}
