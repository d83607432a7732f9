using System.Buffers.Binary;
using System.IO.Compression;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes that know nothing of a file but its bytes.</summary>
internal static class ByteMutation
{
    private const int HeaderBytes = 16;

    public static byte[] Apply(byte[] file, Random random)
    {
        if (file.Length == 0)
            return [(byte)random.Next(256)];
        var at = random.Next(file.Length);
        return random.Next(8) switch
        {
            0 => file[..at],
            1 => [.. file[..at], .. file[Math.Min(file.Length, at + 1 + random.Next(64))..]],
            2 => [.. file[..at], .. file[at..Math.Min(file.Length, at + 1 + random.Next(64))], .. file[at..]],
            3 => [.. file, .. Enumerable.Range(0, random.Next(1, 100)).Select(_ => (byte)random.Next(256))],
            4 => Overwritten(file, at, random),
            5 => Overwritten(file, at / 4 * 4, random),
            _ => Flipped(file, at, random),
        };
    }

    /// <summary>Numbers at the start, where sizes stand, as often as anything else.</summary>
    public static byte[] Header(byte[] file, Random random) => random.Next(2) == 0 && file.Length > 0
        ? Overwritten(file, random.Next(Math.Min(HeaderBytes, file.Length)) / 4 * 4, random)
        : Apply(file, random);

    /// <summary>As gzip; or a few bytes that unpack to many.</summary>
    public static byte[] Packed(byte[] file, Random random)
    {
        const int Megabytes = 80;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(file);
            for (var i = random.Next(20) == 0 ? Megabytes : 0; i > 0; i--)
                gzip.Write(new byte[1 << 20]);
        }

        return random.Next(3) == 0 ? Apply(packed.ToArray(), random) : packed.ToArray();
    }

    private static byte[] Flipped(byte[] file, int at, Random random)
    {
        var changed = file.ToArray();
        changed[at] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static byte[] Overwritten(byte[] file, int at, Random random)
    {
        var number = new byte[sizeof(long)];
        var value = Hostile.Integer(random);
        var bytes = 1 << random.Next(4);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - 8 * bytes));
        var changed = file.ToArray();
        number.AsSpan(0, Math.Min(bytes, changed.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }
}
