namespace LutDla.Fuzz.Mutations;

/// <summary>Values at the edges of what readers expect.</summary>
internal static class Hostile
{
    private static readonly long[] Edges =
    [
        0, 1, -1, 2, 3, 15, 16, 17, 127, 128, 255, 256, 1024, 4095, 4096, 65535, 65536, 1_000_000, 1 << 24, 1 << 28, int.MaxValue,
        int.MinValue, 1L << 31, 1L << 32, 1L << 53, long.MaxValue, long.MinValue, long.MaxValue - 1,
    ];

    private static readonly double[] Reals =
    [
        0, -0.0, 1, -1, 0.5, 1e-300, 5e-324, 1e-45, 1e15, 1e30, -1e30, 1e38, 3.5e38, 1e300,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "NaN", "inf", "1e999", "null", "../../etc/passwd", "/dev/null", "a\0b", "\u001b]0;t\u0007", "[red]", "%s%n",
        "\ud800", "x;`y`z", "é漢", "input", "conv", "true", "9223372036854775808", "l1", "16x16x1", "1,2", "\"", "\n", "\\",
    ];

    public static long Integer(Random random) => random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : Pick(random, Edges);

    public static double Real(Random random) =>
        random.Next(4) == 0 ? random.NextDouble() * Math.Pow(10, random.Next(-20, 20)) : Pick(random, Reals);

    public static string Text(Random random) => random.Next(20) switch
    {
        0 => new string((char)random.Next(32, 1000), random.Next(1, 5000)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next(1, 0x300))),
        _ => Pick(random, Texts),
    };

    public static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
