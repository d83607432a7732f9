using System.IO.Enumeration;
using LutDla.Exploration.Liberty;

namespace LutDla.Exploration.Synthesis;

/// <summary>
/// The cells of a Liberty file in the roles that the flow needs, found by what they do: latches, the clock gate, the full adder,
/// constants, and the buffer that is taken for the driver of every input and for trees of buffers.
/// </summary>
internal sealed class TechnologyCells
{
    private readonly SynthesisTarget _target;
    private readonly LibertyLibrary _library;

    public TechnologyCells(SynthesisTarget target, LibertyLibrary library)
    {
        (_target, _library) = (target, library);
        ClockGate = Smallest(c => c.ClockGate is { Test.Count: 0 });
        FullAdder = Smallest(c => c.FullAdder is not null);
        HighLatch = Smallest(c => c.Latch is { OpenWhenHigh: true });
        LowLatch = Smallest(c => c.Latch is { OpenWhenHigh: false });
        Buffer = SecondSmallestBuffer();
    }

    public LibertyCell? ClockGate { get; }

    public LibertyCell? FullAdder { get; }

    public LibertyCell? HighLatch { get; }

    public LibertyCell? LowLatch { get; }

    /// <summary>Not the weakest one: drives the inputs of a design and the branches of nets with many sinks.</summary>
    public LibertyCell? Buffer { get; }

    /// <summary>Cell and pin that is always 1 or always 0, if the library has one.</summary>
    public (string Cell, string Pin)? Constant(char value) =>
        Ordinary().SelectMany(
            c => c.Outputs.Where(o => o.Value.Trim('(', ')', ' ') == $"{value}").Select(o => ((string, string)?)(c.Name, o.Key)))
            .FirstOrDefault();

    /// <summary>
    /// The library as the technology mapper may see it: without cells for scan, power domains, three-state buses and the like.
    /// </summary>
    public string MappingText() => _library.TextOf(IsOrdinary);

    private LibertyCell? SecondSmallestBuffer()
    {
        LibertyCell[] buffers = [.. Ordinary().Where(c => c.IsBuffer)];
        return buffers.FirstOrDefault(c => c.Area > buffers[0].Area) ?? buffers.FirstOrDefault();
    }

    private LibertyCell? Smallest(Func<LibertyCell, bool> suits) =>
        _library.Cells.Values.Where(c => c.Special is "" or "clock gate" && !IsExcluded(c) && suits(c))
            .OrderBy(c => c.Area).ThenBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault();

    private IEnumerable<LibertyCell> Ordinary() =>
        _library.Cells.Values.Where(IsOrdinary).OrderBy(c => c.Area).ThenBy(c => c.Name, StringComparer.Ordinal);

    private bool IsOrdinary(LibertyCell cell) => cell.Special.Length == 0 && !IsExcluded(cell);

    private bool IsExcluded(LibertyCell cell) =>
        _target.ExcludedCells.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, cell.Name, ignoreCase: false));
}
