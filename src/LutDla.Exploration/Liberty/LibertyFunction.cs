using System.Buffers;

namespace LutDla.Exploration.Liberty;

/// <summary>
/// Computes the truth table of a Liberty function: <c>!</c> and <c>'</c> bind closest, then <c>^</c>, <c>&amp;</c>, <c>|</c>.
/// </summary>
/// <remarks>All rows of the table at once, a bit a row, so a pin is a word of bits and an operator is one of words.</remarks>
internal sealed class LibertyFunction
{
    private const int MostInputs = 6; // 64 rows
    private const int MostCharacters = 1000; // real functions stop at 100; brackets nest as deep as the text is long

    private static readonly ulong[] Pins =
    [
        0xAAAA_AAAA_AAAA_AAAA, 0xCCCC_CCCC_CCCC_CCCC, 0xF0F0_F0F0_F0F0_F0F0, 0xFF00_FF00_FF00_FF00, 0xFFFF_0000_FFFF_0000,
        0xFFFF_FFFF_0000_0000,
    ];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t()!'^&*|+");

    private readonly IReadOnlyList<string> _inputs;
    private string _rest;

    private LibertyFunction(string text, IReadOnlyList<string> inputs) => (_rest, _inputs) = (text.TrimStart(), inputs);

    /// <returns>
    /// Row k in bit k, where bit i of k is the value of input i; nothing for what cannot be read, or has more than 6 inputs.
    /// </returns>
    public static ulong? Table(string function, IReadOnlyList<string> inputs)
    {
        if (inputs.Count > MostInputs || function.Length > MostCharacters)
            return null;
        var reader = new LibertyFunction(function, inputs);
        return reader.Or() is { } table && reader._rest.Length == 0 ? table & Rows(inputs.Count) : null;
    }

    private static ulong Rows(int inputs) => inputs == MostInputs ? ulong.MaxValue : (1UL << (1 << inputs)) - 1;

    private ulong? Or()
    {
        var table = And();
        while (Take('|') || Take('+'))
            table |= And();
        return table;
    }

    // Factors may stand side by side.
    private ulong? And()
    {
        var table = Xor();
        while (Take('&') || Take('*') || (_rest.Length > 0 && !")|+".Contains(_rest[0])))
            table &= Xor();
        return table;
    }

    private ulong? Xor()
    {
        var table = Factor();
        while (Take('^'))
            table ^= Factor();
        return table;
    }

    private ulong? Factor()
    {
        var table = Take('!') ? ~Factor() : Take('(') ? Group() : Name();
        while (Take('\''))
            table = ~table;
        return table;
    }

    private ulong? Group()
    {
        var table = Or();
        return Take(')') ? table : null;
    }

    private ulong? Name()
    {
        var end = _rest.AsSpan().IndexOfAny(NameEnds);
        var name = end < 0 ? _rest : _rest[..end];
        _rest = _rest[(name.Length == 0 ? Math.Min(1, _rest.Length) : name.Length)..].TrimStart();
        return name switch
        {
            "0" => 0,
            "1" => ulong.MaxValue,
            _ when _inputs.ToList().IndexOf(name) is >= 0 and var pin => Pins[pin],
            _ => null,
        };
    }

    private bool Take(char wanted)
    {
        if (!_rest.StartsWith(wanted))
            return false;
        _rest = _rest[1..].TrimStart();
        return true;
    }
}
