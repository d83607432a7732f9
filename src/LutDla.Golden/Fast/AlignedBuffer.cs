using System.Runtime.CompilerServices;

namespace LutDla.Golden.Fast;

/// <summary>Zeroed memory that does not move and starts on a cache line, so that no vector load of a table splits one.</summary>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private const int AlignmentBytes = 64;

    // Keeps the memory alive as long as this object.
    private readonly T[] _storage;

    public AlignedBuffer(int length)
    {
        _storage = GC.AllocateArray<T>(length + AlignmentBytes / sizeof(T), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _storage[0]);
        Pointer = (T*)((address + AlignmentBytes - 1) & ~(nuint)(AlignmentBytes - 1));
        Length = length;
    }

    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);
}
