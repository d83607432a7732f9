using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LutDla.Training.Kernels;

/// <summary>Floating-point elements in memory, read in single precision.</summary>
internal unsafe interface ITargetElement<T>
    where T : unmanaged
{
    static abstract float Load(T* element);

    static abstract Vector512<float> LoadVector(T* elements);
}

internal readonly unsafe struct SingleElement : ITargetElement<float>
{
    public static float Load(float* element) => *element;

    public static Vector512<float> LoadVector(float* elements) => Vector512.Load(elements);
}

/// <summary>bfloat16: the upper half of a single.</summary>
internal readonly unsafe struct BrainElement : ITargetElement<ushort>
{
    private const int LowerBits = 16;

    public static float Load(ushort* element) => BitConverter.UInt32BitsToSingle((uint)*element << LowerBits);

    public static Vector512<float> LoadVector(ushort* elements) =>
        Vector512.ShiftLeft(Widen(Vector256.Load(elements)), LowerBits).AsSingle();

    private static Vector512<uint> Widen(Vector256<ushort> values)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512UInt32(values);
        var (low, high) = Vector256.Widen(values);
        return Vector512.Create(low, high);
    }
}
