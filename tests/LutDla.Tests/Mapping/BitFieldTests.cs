using CsCheck;
using LutDla.Mapping.Streams;

namespace LutDla.Tests.Mapping;

public sealed class BitFieldTests
{
    private static readonly Gen<(int Bits, long Value)[]> AnyFields =
        Gen.Int[1, 63].SelectMany(bits => AnySigned(bits).Select(value => (bits, value))).Array[1, 20];

    private static Gen<long> AnySigned(int bits) => Gen.Long[-(1L << (bits - 1)), (1L << (bits - 1)) - 1];

    [Fact]
    public void Fields_written_one_after_the_other_are_read_back() => AnyFields.Sample(fields =>
    {
        var beats = new BeatList(fields.Sum(f => f.Bits));
        var beat = beats.Add();
        var offset = 0;
        foreach (var (bits, value) in fields)
        {
            BitField.Write(beat, offset, bits, value);
            offset += bits;
        }

        offset = 0;
        foreach (var (bits, value) in fields)
        {
            Assert.Equal(value, BitField.ReadSigned(beats[0], offset, bits));
            Assert.Equal(value & (long.MaxValue >> (63 - bits)), BitField.ReadUnsigned(beats[0], offset, bits));
            offset += bits;
        }
    });

    [Theory]
    [InlineData(4, 16)]
    [InlineData(4, -9)]
    [InlineData(1, 2)]
    [InlineData(1, -2)]
    public void A_value_that_would_be_cut_is_refused(int bits, long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitField.Write(new byte[8], 0, bits, value));

    [Theory]
    [InlineData(4, 15)]
    [InlineData(4, -8)]
    [InlineData(64, long.MinValue)]
    public void The_largest_unsigned_and_the_lowest_signed_value_fit(int bits, long value)
    {
        var payload = new byte[9];
        BitField.Write(payload, 3, bits, value);
        Assert.Equal(value, bits == 4 && value > 0 ? BitField.ReadUnsigned(payload, 3, bits) : BitField.ReadSigned(payload, 3, bits));
    }
}
