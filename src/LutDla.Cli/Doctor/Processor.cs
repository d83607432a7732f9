using System.Numerics;
using System.Runtime.Intrinsics;
using LutDla.Cli.Output;

namespace LutDla.Cli.Doctor;

/// <summary>What the golden model's vectorised form can use.</summary>
internal static class Processor
{
    public static Finding Check() => new(
        "vector unit", Level(), Required: false, "infer: speed only, every level computes the same", "none: it is the processor's");

    private static string Level()
    {
        var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector.IsHardwareAccelerated ? 128 : 0;
        return $"{bits} bits, {Figures.Count(Environment.ProcessorCount, "processor")}";
    }
}
