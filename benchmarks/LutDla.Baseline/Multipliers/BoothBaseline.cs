using LutDla.Rtl;
using LutDla.Rtl.Rendering;

namespace LutDla.Baseline.Multipliers;

/// <summary>
/// What lookups are compared with: a dot product of eight pairs of signed bytes with a 24-bit accumulator, as small as it
/// could be made at 10 ns in a 130 nm library. One sum of all radix-4 Booth rows and the accumulator.
/// </summary>
public static class BoothBaseline
{
    /// <summary>Multiplications of a cycle.</summary>
    public const int Products = 8;

    /// <summary>Bits of the accumulator.</summary>
    public const int AccumulatorBits = 24;

    /// <summary>The dot product alone.</summary>
    public const string Bare = "booth_dot8";

    /// <summary>The dot product with its operands stored.</summary>
    public const string WithOperands = "booth_unit";

    /// <summary>The module that a library's full adder takes the place of.</summary>
    public const string FullAdder = "lutdla_full_adder";

    /// <summary>The module that a library's clock gate takes the place of.</summary>
    public const string ClockGate = "lutdla_clock_gate";

    private const int Bits = 8;
    private const int Digits = Bits / 2;

    // A row's sign is worth -2^8; its complement is worth 2^8 more, which the constant takes back, for each digit of each product.
    private const long SignsTakenBack = -Products * (1 + 4 + 16 + 64) * 256L;

    /// <summary>All files; what <see cref="Bare"/> does not need is in no module of it.</summary>
    public static IReadOnlyList<VerilogFile> Files()
    {
        var templates = new TemplateRenderer(Path.Combine(AppContext.BaseDirectory, "baseline-hdl"));
        var model = new { Products, Digits, Columns = AccumulatorBits, Tree = new CompressorTree(Weighted(), SignsTakenBack) };
        return
        [
            new VerilogFile("booth_row.v", templates.Copy("booth_row.v")),
            new VerilogFile($"{FullAdder}.v", templates.Copy($"{FullAdder}.v")),
            new VerilogFile($"{Bare}.v", templates.Render($"{Bare}.v.scriban", model)),
            new VerilogFile($"{WithOperands}.v", templates.Copy($"{WithOperands}.v")),
            new VerilogFile($"{ClockGate}.v", TemplateRenderer.Default.Copy($"cells/{ClockGate}.v")),
            new VerilogFile("lutdla_latch_row.v", TemplateRenderer.Default.Copy("cells/lutdla_latch_row.v")),
        ];
    }

    // Arrival in full adders: the accumulator comes from a register, rows through the recoding of a digit and the selection.
    private static List<TreeBit>[] Weighted()
    {
        List<TreeBit>[] columns = [.. Enumerable.Range(0, AccumulatorBits).Select(c => new List<TreeBit> { new($"held[{c}]", 1) })];
        for (var row = 0; row < Products * Digits; row++)
        {
            var weight = 2 * (row % Digits);
            for (var bit = 0; bit <= Bits; bit++)
                columns[weight + bit].Add(new($"rows[{(Bits + 1) * row + bit}]", bit == 0 ? 2 : 3));
            columns[weight + 1].Add(new($"ones[{row}]", 2.5));
        }

        return columns;
    }
}
