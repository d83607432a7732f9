namespace LutDla.Mapping.Streams;

/// <summary>Payloads of a stream one after the other in one array: ceil(bits / 8) bytes each, little endian, spare bits 0.</summary>
/// <param name="payloadBits">Bits of one payload.</param>
/// <param name="capacity">Beats to make room for at once.</param>
public sealed class BeatList(int payloadBits, int capacity = 16)
{
    private byte[] _bytes = new byte[checked(BytesPerBeat(payloadBits) * Math.Max(1, capacity))];

    public int PayloadBits => payloadBits;

    public int BeatBytes => BytesPerBeat(payloadBits);

    public int Count { get; private set; }

    /// <summary>All beats.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count * BeatBytes);

    /// <inheritdoc cref="Bytes"/>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Count * BeatBytes);

    public ReadOnlySpan<byte> this[int beat] => Bytes.Slice(beat * BeatBytes, BeatBytes);

    /// <summary>
    /// Appends a beat of zeros and gives its bytes to fill, as <see cref="BitField"/> does. Valid until the next beat is added.
    /// </summary>
    public Span<byte> Add()
    {
        var end = checked((Count + 1) * BeatBytes);
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(end, checked(2 * _bytes.Length)));
        Count++;
        return _bytes.AsSpan(end - BeatBytes, BeatBytes);
    }

    /// <summary>Appends a beat of at most 64 bits.</summary>
    public void Add(long value) => BitField.Write(Add(), 0, payloadBits, value);

    /// <summary>Appends all beats of another list, of payloads as wide.</summary>
    public void Append(BeatList other)
    {
        for (var k = 0; k < other.Count; k++)
            other[k].CopyTo(Add());
    }

    /// <summary>Bytes that hold the bits of a payload.</summary>
    public static int BytesPerBeat(int bits) => bits / 8 + (bits % 8 == 0 ? 0 : 1);
}
