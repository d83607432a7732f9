namespace LutDla.Mapping.Streams;

/// <summary>Fields of a payload: bit 0 is the lowest bit of byte 0.</summary>
public static class BitField
{
    /// <summary>Writes the low <paramref name="bits"/> bits of a value (two's complement) into bits that are 0.</summary>
    /// <param name="bits">1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value needs more bits, signed or unsigned: it would have been cut.</exception>
    public static void Write(Span<byte> payload, int offset, int bits, long value)
    {
        // One check for signed and unsigned fields: what is cut off must be all zeros, or copies of a sign that is kept.
        if (bits < 64 && value >> bits != 0 && value >> (bits - 1) != -1)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The value must fit {bits} bits.");

        for (var written = 0; written < bits;)
        {
            var (index, shift) = ((offset + written) / 8, (offset + written) % 8);
            var take = Math.Min(8 - shift, bits - written);
            var part = unchecked((int)(value >> written)) & ((1 << take) - 1);
            payload[index] |= (byte)(part << shift);
            written += take;
        }
    }

    /// <param name="bits">1 to 63.</param>
    public static long ReadUnsigned(ReadOnlySpan<byte> payload, int offset, int bits)
    {
        long value = 0;
        for (var read = 0; read < bits;)
        {
            var (index, shift) = ((offset + read) / 8, (offset + read) % 8);
            var take = Math.Min(8 - shift, bits - read);
            value |= (long)((payload[index] >> shift) & ((1 << take) - 1)) << read;
            read += take;
        }

        return value;
    }

    /// <param name="bits">1 to 64, two's complement.</param>
    public static long ReadSigned(ReadOnlySpan<byte> payload, int offset, int bits) =>
        ReadUnsigned(payload, offset, bits) << (64 - bits) >> (64 - bits);
}
