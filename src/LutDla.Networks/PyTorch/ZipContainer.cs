using System.IO.Compression;

namespace LutDla.Networks.PyTorch;

/// <summary>
/// The form that torch.save writes since 1.6: a zip archive of uncompressed entries <c>NAME/data.pkl</c> (the object), <c>NAME/data/KEY</c>
/// (a storage each) and perhaps <c>NAME/byteorder</c>. Names are compared and never become paths.
/// </summary>
internal sealed class ZipContainer : IWeightContainer
{
    private const string ObjectSuffix = "/data.pkl";
    private const int MaximumByteOrderBytes = 16;

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly long _fileBytes;

    private ZipContainer(ZipArchive archive, long fileBytes)
    {
        _fileBytes = fileBytes;
        foreach (var entry in archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
                throw new PyTorchFormatException(entry.FullName, "twice", "Entries of the archive must be unique.");
        }

        _name = FindName();
        CheckByteOrder();
        Root = ReadObject();
    }

    public object? Root { get; }

    /// <param name="fileBytes">Bytes of the file that holds the archive.</param>
    /// <exception cref="PyTorchFormatException">An entry is missing, compressed, or not as torch.save writes it.</exception>
    public static ZipContainer Open(ZipArchive archive, long fileBytes) => new(archive, fileBytes);

    public byte[] Read(TorchStorage storage)
    {
        var entry = Require($"{_name}/data/{storage.Key}", storage.ByteCount);
        return entry.Length == storage.ByteCount
            ? Bytes(entry)
            : throw new PyTorchFormatException(entry.FullName, $"{entry.Length} bytes", $"The object speaks of {storage.ByteCount}.");
    }

    private string FindName()
    {
        string[] found = [.. _entries.Keys.Where(IsObject)];
        return found is [var one]
            ? one[..^ObjectSuffix.Length]
            : throw new PyTorchFormatException("archive", $"{found.Length} entries NAME{ObjectSuffix}", "There must be one.");
    }

    private static bool IsObject(string name) => name.EndsWith(ObjectSuffix, StringComparison.Ordinal) && name.Count(c => c == '/') == 1;

    private void CheckByteOrder()
    {
        var name = $"{_name}/byteorder";
        if (_entries.ContainsKey(name) && !Bytes(Require(name, MaximumByteOrderBytes)).AsSpan().SequenceEqual("little"u8))
            throw new PyTorchFormatException(name, "not little", "The file must be little-endian.");
    }

    private object? ReadObject()
    {
        var bytes = Bytes(Require(_name + ObjectSuffix, PyTorchLimits.PickleBytes));
        using var stream = new MemoryStream(bytes, writable: false);
        var cursor = new PickleCursor(stream, "data.pkl");
        return PickleMachine.Run(cursor, new TorchObjects(cursor, _fileBytes));
    }

    private ZipArchiveEntry Require(string name, long maximumBytes)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw new PyTorchFormatException(name, "missing", "The archive must hold this entry.");
        if (entry.Length != entry.CompressedLength)
            throw new PyTorchFormatException(name, "compressed", "torch.save stores entries as they are.");
        var limit = Math.Min(_fileBytes, maximumBytes);
        if (entry.Length < 0 || entry.Length > limit)
            throw new PyTorchFormatException(name, $"{entry.Length} bytes", $"It may have at most {limit} bytes.");
        return entry;
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
