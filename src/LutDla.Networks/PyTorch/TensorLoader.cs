namespace LutDla.Networks.PyTorch;

/// <summary>Turns tensors of the pickle into values. Reads each storage once, and only if the state dict needs it.</summary>
/// <param name="fileBytes">Bytes of the file: storages cannot have more, and values not many times more.</param>
internal sealed class TensorLoader(IWeightContainer container, long fileBytes)
{
    private readonly long _maximumStorageBytes = Math.Min(PyTorchLimits.ValueBytes, fileBytes);

    private readonly long _maximumValueBytes =
        Math.Min(PyTorchLimits.ValueBytes, Math.Min(PyTorchLimits.ValueBytes, fileBytes) * PyTorchLimits.ValueBytesEach);

    private readonly Dictionary<TorchStorage, byte[]> _storages = [];
    private long _storageBytes;
    private long _valueBytes;

    /// <exception cref="PyTorchFormatException">The tensor does not lie in its storage, or all together are too large.</exception>
    public PyTorchTensor Load(string name, TorchTensor tensor)
    {
        var layout = TensorLayout.Of(name, tensor);
        if (layout.Count > (_maximumValueBytes - _valueBytes) / sizeof(float))
        {
            throw new PyTorchFormatException(name, $"{layout.Count} values",
                $"All tensors of this file may have at most {_maximumValueBytes} bytes in single precision.");
        }

        _valueBytes += layout.Count * sizeof(float);
        return new PyTorchTensor(name, tensor.Shape, layout.Read(Bytes(name, tensor.Storage)));
    }

    private byte[] Bytes(string name, TorchStorage storage)
    {
        if (_storages.TryGetValue(storage, out var known))
            return known;
        if (storage.ByteCount > _maximumStorageBytes - _storageBytes)
        {
            throw new PyTorchFormatException(name, $"a storage of {storage.ByteCount} bytes",
                $"All storages of this file may have at most {_maximumStorageBytes} bytes.");
        }

        _storageBytes += storage.ByteCount;
        return _storages[storage] = container.Read(storage);
    }
}
