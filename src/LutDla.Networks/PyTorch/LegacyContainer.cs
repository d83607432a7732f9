using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace LutDla.Networks.PyTorch;

/// <summary>
/// The form that torch.save wrote before 1.6: five pickles (magic number, protocol, system, object, keys of storages), then for each key
/// the number of elements as 64-bit integer, and the elements.
/// </summary>
internal sealed class LegacyContainer : IWeightContainer
{
    private const long Protocol = 1001;

    private static readonly BigInteger Magic =
        BigInteger.Parse("01950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly FileStream _stream;
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);

    private LegacyContainer(FileStream stream, object? root) => (_stream, Root) = (stream, root);

    public object? Root { get; }

    /// <exception cref="PyTorchFormatException">A pickle or a storage is cut or not as torch.save writes it.</exception>
    public static LegacyContainer Open(FileStream stream)
    {
        Expect("magic number", Run(stream, "magic number").Root, value => value is BigInteger magic && magic == Magic,
            "It must be 0x1950a86a20f9469cfc6c, with which torch.save begins.");
        Expect("protocol", Run(stream, "protocol").Root, value => value is Protocol, $"It must be {Protocol}.");
        Expect("system", Run(stream, "system").Root, value => value is PickleDictionary system && system.Find("little_endian") is true,
            "The file must say that it is little-endian.");
        var (root, storages) = Run(stream, "object");
        var keys = Run(stream, "keys").Root;
        var container = new LegacyContainer(stream, root);
        container.FindStorages(keys as PickleList
            ?? throw new PyTorchFormatException("keys", PickleText.Describe(keys), "It must be a list of the storages' keys."), storages);
        return container;
    }

    public byte[] Read(TorchStorage storage)
    {
        if (!_positions.TryGetValue(storage.Key, out var position))
            throw new PyTorchFormatException($"storage {storage.Key}", "missing", "A tensor lies in it, so the list of keys must name it.");
        var bytes = new byte[storage.ByteCount];
        _stream.Position = position;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private static (object? Root, IReadOnlyDictionary<string, TorchStorage> Storages) Run(FileStream stream, string part)
    {
        var cursor = new PickleCursor(stream, part);
        var objects = new TorchObjects(cursor, stream.Length);
        return (PickleMachine.Run(cursor, objects), objects.Storages);
    }

    private static void Expect(string key, object? value, Predicate<object?> isRight, string rule)
    {
        if (!isRight(value))
            throw new PyTorchFormatException(key, PickleText.Describe(value), rule);
    }

    private void FindStorages(PickleList keys, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        foreach (var item in keys.Items)
        {
            if (item is not string key || !storages.TryGetValue(key, out var storage))
                throw new PyTorchFormatException("keys", PickleText.Describe(item), "It must be the key of a storage of the object.");
            CheckCount(storage);
            if (!_positions.TryAdd(key, _stream.Position))
                throw new PyTorchFormatException("keys", PickleText.Describe(item), "Keys must be unique.");
            _stream.Position += storage.ByteCount;
        }

        var more = _stream.Length - _stream.Position;
        if (more != 0)
            throw new PyTorchFormatException("end", $"{more} more bytes", "The file must end with the last storage.");
    }

    private void CheckCount(TorchStorage storage)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new PyTorchFormatException($"storage {storage.Key}", "cut", "Its number of elements must be there.");
        var count = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (count != storage.Count)
            throw new PyTorchFormatException($"storage {storage.Key}", $"{count} elements", $"The object speaks of {storage.Count}.");
        var left = _stream.Length - _stream.Position;
        if (storage.ByteCount > left)
            throw new PyTorchFormatException($"storage {storage.Key}", $"{storage.ByteCount} bytes", $"The file has {left} bytes more.");
    }
}
