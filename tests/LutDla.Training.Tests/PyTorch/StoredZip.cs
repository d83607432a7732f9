using System.Text;

namespace LutDla.Training.Tests.PyTorch;

/// <summary>Writes zip archives of uncompressed entries, byte by byte; what they say of their sizes need not be true.</summary>
internal sealed class StoredZip
{
    private const int Alignment = 64;
    private const int LocalHeaderBytes = 30;
    private const int ExtraHeaderBytes = 4;

    private readonly List<byte> _local = [];
    private readonly List<byte> _central = [];
    private int _count;

    /// <param name="claimedBytes">What the directory says, if it is not the length of the data.</param>
    public StoredZip Add(string name, byte[] data, uint? claimedBytes = null)
    {
        var at = Position;
        _local.AddRange(Header(null, name, Crc32(data), (uint)data.Length, Padding(at + LocalHeaderBytes + name.Length)));
        _local.AddRange(data);
        return Directory(name, at, Crc32(data), claimedBytes ?? (uint)data.Length);
    }

    /// <summary>A second entry for the data of the entry at <paramref name="at"/>.</summary>
    public StoredZip Alias(string name, uint at, byte[] data) => Directory(name, at, Crc32(data), (uint)data.Length);

    /// <summary>Where the next entry will begin.</summary>
    public uint Position => (uint)_local.Count;

    public byte[] ToArray()
    {
        using var end = new MemoryStream();
        using var writer = new BinaryWriter(end);
        writer.Write(0x06054B50);
        writer.Write(0);
        writer.Write((ushort)_count);
        writer.Write((ushort)_count);
        writer.Write(_central.Count);
        writer.Write(_local.Count);
        writer.Write((ushort)0);
        return [.. _local, .. _central, .. end.ToArray()];
    }

    private StoredZip Directory(string name, uint at, uint crc, uint bytes)
    {
        _count++;
        _central.AddRange(Header(at, name, crc, bytes, []));
        return this;
    }

    // A directory entry is a local header with a version before, and comment, disk, attributes and the local header's place behind.
    private static byte[] Header(uint? at, string name, uint crc, uint bytes, byte[] extra)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(at is null ? 0x04034B50 : 0x02014B50);
        if (at is not null) writer.Write((ushort)20);
        writer.Write([20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]);
        writer.Write(crc);
        writer.Write(bytes);
        writer.Write(bytes);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)extra.Length);
        if (at is not null) writer.Write(new byte[10]);
        if (at is not null) writer.Write(at.Value);
        writer.Write(Encoding.ASCII.GetBytes(name));
        writer.Write(extra);
        return stream.ToArray();
    }

    // torch.save aligns data to 64 bytes by an extra field called FB.
    private static byte[] Padding(long position)
    {
        var length = (byte)((Alignment - (position + ExtraHeaderBytes) % Alignment) % Alignment);
        return [(byte)'F', (byte)'B', length, 0, .. new byte[length]];
    }

    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
