using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Benchmarks;

/// <summary>How many 512-bit integer instructions one core does in a second: what a kernel is measured against.</summary>
internal static class VectorThroughput
{
    private const int Rounds = 20_000;
    private const int InstructionsPerRound = 16;
    private const int Repetitions = 200;

    /// <summary>
    /// Measured with independent additions and minima in registers. Emulated, so of no use as a limit, where there is no AVX-512.
    /// </summary>
    public static double InstructionsPerSecond()
    {
        var best = TimeSpan.MaxValue;
        var sum = Vector512<short>.Zero;
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            sum ^= Work(Vector512.Create((short)i));
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        GC.KeepAlive(sum);
        return (double)Rounds * InstructionsPerRound / best.TotalSeconds;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<short> Work(Vector512<short> seed)
    {
        var (a, b, c, d) = (seed, seed + Vector512.Create((short)1), seed + Vector512.Create((short)2), seed + Vector512.Create((short)3));
        var (e, f, g, h) = (seed ^ b, seed ^ c, seed ^ d, b ^ c);
        for (var i = 0; i < Rounds; i++)
        {
            (a, b, c, d) = (a + seed, b + seed, c + seed, d + seed);
            (e, f, g, h) = (e + seed, f + seed, g + seed, h + seed);
            (a, b, c, d) = (Vector512.Min(a, e), Vector512.Min(b, f), Vector512.Min(c, g), Vector512.Min(d, h));
            (e, f, g, h) = (e + seed, f + seed, g + seed, h + seed);
        }

        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
    }
}
