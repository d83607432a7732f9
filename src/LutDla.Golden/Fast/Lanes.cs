using System.Numerics;

namespace LutDla.Golden.Fast;

/// <summary>How 16-bit elements become lanes that hold every distance of a layer.</summary>
internal unsafe interface ILane<T>
    where T : unmanaged
{
    static abstract Vector<T> Load(short* elements);

    static abstract T FromElement(int value);

    static abstract int ToInt(T lane);
}

internal readonly unsafe struct ShortLane : ILane<short>
{
    public static Vector<short> Load(short* elements) => Vector.Load(elements);

    public static short FromElement(int value) => (short)value;

    public static int ToInt(short lane) => lane;
}

internal readonly unsafe struct IntLane : ILane<int>
{
    public static Vector<int> Load(short* elements) => Vector.WidenLower(Vector.Load(elements));

    public static int FromElement(int value) => value;

    public static int ToInt(int lane) => lane;
}

internal readonly unsafe struct LongLane : ILane<long>
{
    public static Vector<long> Load(short* elements) => Vector.WidenLower(IntLane.Load(elements));

    public static long FromElement(int value) => value;

    public static int ToInt(long lane) => (int)lane;
}
