namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>Why points of code coverage are never met, where that is known.</summary>
public static class KnownGaps
{
    private const string Combinational = "block";

    private static readonly (string File, string Signal, string Reason)[] Gaps =
    [
        ("lutdla_stream_fifo.v", "shifted[", "behind the last entry stand zeros"),
        ("lutdla_distance_l1.v", "term[", "an element has fewer bits than a distance"),
        ("lutdla_distance_l2.v", "term[", "a square has fewer bits than a distance"),
        ("lutdla_distance_l2.v", "row[", "a row of a square is shorter than the square"),
        ("lutdla_rescale_unit.v", "rounded[", "the largest product leaves room for a carry"),
    ];

    /// <returns>Nothing if it is not known.</returns>
    public static string? Reason(CodePoint point) => point switch
    {
        { Kind: CodePointKind.Line, What: Combinational } => "combinational, which Verilator counts at power-up only",
        { Kind: CodePointKind.Bit } => Gaps
            .Where(gap => gap.File == point.File && point.What.StartsWith(gap.Signal, StringComparison.Ordinal))
            .Select(gap => gap.Reason)
            .FirstOrDefault(),
        _ => null,
    };
}
