using System.Globalization;
using System.Text;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Handoff.Vectors;

/// <summary>Numbers as <c>$readmemh</c> and <c>$fscanf</c> read them: one a line in hexadecimal digits, the highest first.</summary>
internal static class HexText
{
    public static string Of(BeatList beats)
    {
        var text = new StringBuilder(beats.Count * (Digits(beats) + 1));
        Span<byte> reversed = new byte[beats.BeatBytes];
        for (var k = 0; k < beats.Count; k++)
        {
            beats[k].CopyTo(reversed);
            reversed.Reverse();
            text.Append(Convert.ToHexStringLower(reversed)[^Digits(beats)..]).Append('\n');
        }

        return text.ToString();
    }

    public static string Of(IEnumerable<long> numbers) =>
        string.Concat(numbers.Select(number => number.ToString("x", CultureInfo.InvariantCulture) + "\n"));

    private static int Digits(BeatList beats) => (beats.PayloadBits + 3) / 4;
}
