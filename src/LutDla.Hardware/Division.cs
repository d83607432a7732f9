namespace LutDla.Hardware;

/// <summary>Parts that the last of may be filled only in part.</summary>
public static class Division
{
    /// <summary>The fewest parts of a size that hold a number of things.</summary>
    public static int RoundedUp(int things, int size) => (int)RoundedUp((long)things, size);

    /// <inheritdoc cref="RoundedUp(int, int)"/>
    public static long RoundedUp(long things, long size) => (things + size - 1) / size;
}
