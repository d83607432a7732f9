using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LutDla.Networks.Kernels;

/// <summary>Tensors as plain memory, without a copy. The tensor must be contiguous, on the CPU, and outlive the pointer.</summary>
internal static unsafe class NativeValues
{
    public static float* Floats(Tensor tensor) => (float*)Address(tensor, ScalarType.Float32);

    public static byte* Bytes(Tensor tensor) => (byte*)Address(tensor, ScalarType.Byte);

    public static sbyte* SignedBytes(Tensor tensor) => (sbyte*)Address(tensor, ScalarType.Int8);

    /// <summary>bfloat16, as bits.</summary>
    public static ushort* Brains(Tensor tensor) => (ushort*)Address(tensor, ScalarType.BFloat16);

    private static void* Address(Tensor tensor, ScalarType type)
    {
        if (tensor.dtype != type || !tensor.is_contiguous())
            throw new ArgumentException($"A contiguous tensor of {type} is needed, not {tensor.dtype}.", nameof(tensor));
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
    }
}
