using System.Runtime.InteropServices;
using LutDla.Benchmarks.Onnx;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Training.Tests.Onnx;

/// <summary>The ways in which a file may hold the same numbers.</summary>
public sealed class TensorReaderTests
{
    private const int Single = 1;
    private const int Int8 = 3;
    private const int UInt16 = 4;
    private const int Int32 = 6;
    private const int Int64 = 7;
    private const int Half = 10;
    private const int Double = 11;
    private const int BFloat16 = 16;

    private static readonly double[] Numbers = [1.5, -2, 0.25];

    public static TheoryData<string> Spellings =>
        ["raw single", "raw double", "raw half", "raw bfloat16", "single", "packed single", "packed double", "half bits", "bfloat16 bits"];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Real_numbers_are_read(string spelling)
    {
        ProtoMessage Raw<T>(long type, IEnumerable<T> values) where T : unmanaged =>
            Tensor(type).Add(9, MemoryMarshal.AsBytes<T>(values.ToArray()));
        short Half16(double value) => BitConverter.HalfToInt16Bits((Half)value);
        short Brain16(double value) => unchecked((short)(BitConverter.SingleToInt32Bits((float)value) >> 16));
        var singles = Numbers.Select(value => (float)value).ToArray();
        var message = spelling switch
        {
            "raw single" => Raw(Single, singles),
            "raw double" => Raw(Double, Numbers),
            "raw half" => Raw(Half, Numbers.Select(Half16)),
            "raw bfloat16" => Raw(BFloat16, Numbers.Select(Brain16)),
            "single" => Tensor(Single).AddEach(singles, (m, value) => m.Add(4, value)),
            "packed single" => Tensor(Single).Add(4, MemoryMarshal.AsBytes<float>(singles)),
            "packed double" => Tensor(Double).Add(10, MemoryMarshal.AsBytes<double>(Numbers)),
            "half bits" => Tensor(Half).AddEach(Numbers, (m, value) => m.Add(5, unchecked((ushort)Half16(value)))),
            _ => Tensor(BFloat16).AddEach(Numbers, (m, value) => m.Add(5, unchecked((ushort)Brain16(value)))),
        };

        Assert.Equal(singles, Read(message).Value.Singles.ToArray());
    }

    [Fact]
    public void Integers_are_read()
    {
        Assert.Equal([1, -2, 3], Read(Tensor(Int64).AddEach([1, -2, 3], (m, value) => m.Add(7, value))).Value.Integers.ToArray());
        Assert.Equal([1, 2, 3], Read(Tensor(Int32).Add(5, [1, 2, 3])).Value.Integers.ToArray()); // packed
        Assert.Equal([1, -2, 3], Read(Tensor(Int8).Add(9, [1, 0xFE, 3])).Value.Integers.ToArray());
        Assert.Equal([1, 65534, 3], Read(Tensor(UInt16).Add(9, [1, 0, 0xFE, 0xFF, 3, 0])).Value.Integers.ToArray());
    }

    [Fact]
    public void Too_few_numbers_and_other_types_are_refused()
    {
        Assert.Equal("2 numbers", Refused(Tensor(Int32).Add(5, [1, 2])).Value);
        Assert.Equal("0 numbers", Refused(Tensor(Single)).Value);
        Assert.Equal("element type 8", Refused(Tensor(8)).Value);
        Assert.Equal("wire type Fixed32", Refused(Tensor(Int32).Add(5, 1f)).Value);

        static OnnxFormatException Refused(ProtoMessage message) => Assert.Throws<OnnxFormatException>(() => Read(message));
    }

    private static ProtoMessage Tensor(long type) => new ProtoMessage().Add(1, 3).Add(2, type).Add(8, "w");

    private static Networks.Onnx.Format.OnnxTensor Read(ProtoMessage message) =>
        new TensorReader("").Read(new MessageReader(message.ToArray()));
}
