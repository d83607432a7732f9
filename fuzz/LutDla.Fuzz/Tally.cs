using System.Globalization;

namespace LutDla.Fuzz;

/// <summary>How many inputs of each target ended how, and which took longest and most.</summary>
internal sealed class Tally
{
    // After the exit codes 0 to 3.
    private const int FaultColumn = 4;

    private readonly Dictionary<string, int[]> _ends = new(StringComparer.Ordinal);

    private (long Number, double Seconds) _slowest;

    private (long Number, long Bytes) _largest;

    public int Inputs { get; private set; }

    public int Faults { get; private set; }

    public void Add(InputEnd end)
    {
        Inputs++;
        var ends = _ends.TryGetValue(end.Target, out var known) ? known : _ends[end.Target] = new int[FaultColumn + 1];
        ends[end.IsFault ? FaultColumn : Math.Clamp(end.ExitCode ?? 0, 0, FaultColumn - 1)]++;
        Faults += end.IsFault ? 1 : 0;
        if (end.Seconds > _slowest.Seconds)
            _slowest = (end.Number, end.Seconds);
        if (end.Bytes > _largest.Bytes)
            _largest = (end.Number, end.Bytes);
    }

    public void Show(TextWriter output)
    {
        output.WriteLine($"{"target",-32} {"0",8} {"1",8} {"2",8} {"3",8} {"faults",8}");
        foreach (var (target, ends) in _ends.OrderBy(e => e.Key, StringComparer.Ordinal))
            output.WriteLine($"{target,-32} {string.Join(' ', ends.Select(n => $"{n,8}"))}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Inputs} inputs, {Faults} faults; the longest took {_slowest.Seconds:F1} s (input {_slowest.Number}), "
            + $"the largest took memory for {_largest.Bytes / 1e9:F2} GB of objects in all (input {_largest.Number})"));
    }
}
