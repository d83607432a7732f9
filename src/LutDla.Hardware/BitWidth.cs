using System.Numerics;

namespace LutDla.Hardware;

/// <summary>The only bit-width arithmetic of the project; exact, in integers.</summary>
public static class BitWidth
{
    /// <summary>Bits that hold every unsigned value from 0 to <paramref name="maximum"/>, at least one.</summary>
    public static int ForMaximum(long maximum) => maximum < 0
        ? throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "An unsigned width needs a maximum of at least 0.")
        : Math.Max(1, 64 - BitOperations.LeadingZeroCount((ulong)maximum));

    /// <summary>Bits that address <paramref name="count"/> items, at least one.</summary>
    public static int ForIndex(long count) => ForMaximum(count - 1);

    /// <summary>Two's-complement bits that hold every value from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static int ForSigned(long minimum, long maximum) => minimum > maximum
        ? throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "A signed range needs minimum <= maximum.")
        : 1 + Math.Max(MagnitudeBits(minimum), MagnitudeBits(maximum));

    /// <summary>Bits of the sum of <paramref name="count"/> numbers of <paramref name="bits"/> bits each, all two's complement.</summary>
    public static int ForSum(long count, int bits) => ForSigned(count * SignedMinimum(bits), count * SignedMaximum(bits));

    /// <summary>The lowest value of a two's-complement number of <paramref name="bits"/> bits (1 to 63).</summary>
    public static long SignedMinimum(int bits) => -(1L << (bits - 1));

    /// <summary>The highest value of a two's-complement number of <paramref name="bits"/> bits (1 to 63).</summary>
    public static long SignedMaximum(int bits) => (1L << (bits - 1)) - 1;

    /// <summary>How often <paramref name="count"/> can be halved, rounding up, until one is left: the levels of a binary tree.</summary>
    public static int TreeLevels(int count) => count == 1 ? 0 : ForIndex(count);

    // -8 needs as many bits as 7: the complement of a negative number has its magnitude bits.
    private static int MagnitudeBits(long value) => 64 - BitOperations.LeadingZeroCount((ulong)(value < 0 ? ~value : value));
}
