using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>What a plane's elements are made of.</summary>
internal unsafe interface IPlaneElement<T>
    where T : unmanaged
{
    static abstract T From(short value);

    static abstract void Store(Vector256<short> values, T* target);

    static abstract void Store(Vector512<short> low, Vector512<short> high, T* target);
}

/// <summary>16-bit values as they are.</summary>
internal readonly unsafe struct ShortElement : IPlaneElement<short>
{
    public static short From(short value) => value;

    public static void Store(Vector256<short> values, short* target) => values.Store(target);

    public static void Store(Vector512<short> low, Vector512<short> high, short* target)
    {
        low.Store(target);
        high.Store(target + Vector512<short>.Count);
    }
}

/// <summary>Bytes of value + 128, for values of at most 8 bits.</summary>
internal readonly unsafe struct ByteElement : IPlaneElement<byte>
{
    /// <summary>What a 0 becomes.</summary>
    public const byte Zero = 128;

    public static byte From(short value) => unchecked((byte)(value + Zero));

    public static void Store(Vector256<short> values, byte* target)
    {
        var shifted = values + Vector256.Create((short)Zero);
        Vector128.Narrow(shifted.GetLower(), shifted.GetUpper()).AsByte().Store(target);
    }

    public static void Store(Vector512<short> low, Vector512<short> high, byte* target)
    {
        var zero = Vector512.Create((short)Zero);
        Vector512.Narrow(low + zero, high + zero).AsByte().Store(target);
    }
}
