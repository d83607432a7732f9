using System.Buffers.Binary;
using System.IO.Compression;
using LutDla.Training.Tests.PyTorch;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes files of torch.save: entries of the archive, opcodes of the pickle, numbers of the weights.</summary>
internal static class TorchMutation
{
    private const string Opcodes = "()]}.GJKMNQRTUXabcehjqrstu\u0080\u0085\u0086\u0087\u0088\u0089\u008A\u008C\u0093\u0094\u0095iodl0:2I";

    private static ReadOnlySpan<byte> ZipMagic => "PK"u8;

    /// <exception cref="FormatException">The archive cannot be read any more.</exception>
    public static byte[] Apply(byte[] file, Random random) =>
        file.AsSpan().StartsWith(ZipMagic) ? Archive(file, random) : Pickle(file, random);

    private static byte[] Archive(byte[] file, Random random)
    {
        var entries = Entries(file);
        if (entries.Count == 0)
            throw new FormatException("The archive is empty.");
        var at = random.Next(3) == 0
            ? random.Next(entries.Count)
            : Math.Max(0, entries.FindIndex(e => e.Name.EndsWith(".pkl", StringComparison.Ordinal)));
        var (name, bytes) = entries[at];
        uint? claimed = null;
        switch (random.Next(8))
        {
            case 0:
                entries.RemoveAt(at);
                break;
            case 1:
                entries[at] = ("archive/" + Hostile.Pick(random, ["data.pkl", "byteorder", "data/0", "data/x", "../x"]), bytes);
                break;
            case 2:
                entries.Add((name, bytes));
                break;
            case 3:
                claimed = (uint)random.Next();
                break;
            case 4 when bytes.Length >= sizeof(float):
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(random.Next(bytes.Length / 4) * 4), (float)Hostile.Real(random));
                break;
            default:
                entries[at] = (name, Pickle(bytes, random));
                break;
        }

        var zip = new StoredZip();
        foreach (var (i, entry) in entries.Index())
            zip.Add(entry.Name, entry.Bytes, i == at ? claimed : null);
        return zip.ToArray();
    }

    private static List<(string Name, byte[] Bytes)> Entries(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            return [.. archive.Entries.Select(e => (e.FullName, Bytes(e)))];
        }
        catch (Exception e) when (
            e is InvalidDataException or EndOfStreamException or IOException or NotSupportedException or ArgumentException)
        {
            throw new FormatException("This is no archive.", e);
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Pickle(byte[] pickle, Random random)
    {
        if (pickle.Length == 0)
            return [(byte)'.'];
        // Weights of the legacy form follow the pickles: these are what is to be changed.
        var at = random.Next(Math.Min(pickle.Length, 4096));
        var opcode = (byte)Hostile.Pick(random, Opcodes.ToCharArray());
        return random.Next(5) switch
        {
            0 => [.. pickle[..at], opcode, .. pickle[at..]],
            1 => [.. pickle[..at], .. pickle[(at + 1)..]],
            2 => [.. pickle[..at], .. pickle[at..Math.Min(pickle.Length, at + random.Next(1, 40))], .. pickle[at..]],
            3 => [.. pickle[..at], opcode, .. pickle[(at + 1)..]],
            _ => ByteMutation.Apply(pickle, random),
        };
    }
}
