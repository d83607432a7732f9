namespace LutDla.Networks.PyTorch;

/// <summary>A file with one pickled object and the storages that its tensors lie in.</summary>
internal interface IWeightContainer
{
    /// <summary>What the pickle made: see <see cref="PickleMachine"/>.</summary>
    object? Root { get; }

    /// <summary>The elements of a storage, little-endian: <see cref="TorchStorage.ByteCount"/> bytes.</summary>
    /// <exception cref="PyTorchFormatException">The file has no such storage, or one of another size.</exception>
    byte[] Read(TorchStorage storage);
}
