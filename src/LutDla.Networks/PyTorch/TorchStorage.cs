using System.Collections.Immutable;

namespace LutDla.Networks.PyTorch;

/// <summary>A run of elements that tensors lie in, as the pickle names it; each key has one object, so that sharing stays known.</summary>
internal sealed class TorchStorage(string key, TorchElementType type, long count)
{
    public string Key { get; } = key;

    public TorchElementType Type { get; } = type;

    /// <summary>Elements. Their bytes fit the file: checked before this is made.</summary>
    public long Count { get; } = count;

    public long ByteCount => checked(Count * Type.Bytes());
}

/// <summary>A tensor as the pickle describes it; nothing is checked but the types of its parts.</summary>
/// <param name="Offset">Of the first element in the storage, elements.</param>
/// <param name="Strides">Elements of the storage from one to the next, for each dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, ImmutableArray<long> Shape, ImmutableArray<long> Strides);
