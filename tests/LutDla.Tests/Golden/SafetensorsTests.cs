using System.Buffers.Binary;
using System.Text;
using CsCheck;
using LutDla.Boundary;
using LutDla.Golden.Safetensors;

namespace LutDla.Tests.Golden;

public sealed class SafetensorsTests : IDisposable
{
    private const string Mend = "This is no safetensors file, or it was cut; get it again.";

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("x.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        SafetensorsWriter.Write(FilePath, [new("b", "2"), new("a", "1 µ")],
        [
            TensorData.FromSingles("weights", [2, 1], [1.5f, -3e-20f]),
            TensorData.FromIntegers("small", [3], [-128, 0, 127]),
            TensorData.FromIntegers("medium", [2], [-129, 0]),
            TensorData.FromIntegers("large", [], [32768]),
            TensorData.FromIntegers("empty", [0, 4], []),
        ]);

        using var file = SafetensorsReader.Open(FilePath);

        Assert.Equal("1 µ", file.Metadata["a"]);
        Assert.Equal(["large", "weights", "medium", "empty", "small"], file.Tensors.Select(t => t.Name));
        Assert.Equal(
            ["I32 []", "F32 [2, 1]", "I16 [2]", "I8 [0, 4]", "I8 [3]"], file.Tensors.Select(t => t.Description));
        Assert.Equal([1.5f, -3e-20f], file.ReadSingles("weights"));
        Assert.Equal([-128, 0, 127], file.ReadInt32s("small"));
        Assert.Equal([-129L, 0L], file.ReadIntegers("medium"));
        Assert.Equal([32768], file.ReadInt32s("large"));
        Assert.Empty(file.ReadInt32s("empty"));
    }

    [Fact]
    public void The_order_of_the_caller_does_not_show()
    {
        TensorData[] tensors = [TensorData.FromIntegers("a", [1], [1]), TensorData.FromIntegers("b", [1], [2])];
        SafetensorsWriter.Write(FilePath, [new("x", "1"), new("y", "2")], tensors);
        var first = File.ReadAllBytes(FilePath);

        SafetensorsWriter.Write(FilePath, [new("y", "2"), new("x", "1")], tensors.Reverse());

        Assert.Equal(first, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Every_float_type_is_read_as_single_precision()
    {
        Write("""
            {"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},
             "d":{"dtype":"F64","shape":[1],"data_offsets":[4,12]}}
            """, [0x00, 0xC1, 0xC0, 0xBF, .. BitConverter.GetBytes(0.1)]);

        using var file = SafetensorsReader.Open(FilePath);

        Assert.Equal([-2.5f], file.ReadSingles("h"));
        Assert.Equal([-1.5f], file.ReadSingles("b"));
        Assert.Equal([0.1f], file.ReadSingles("d"));
    }

    [Fact]
    public void Integers_of_every_width_are_read() => Gen.Long.Array[1, 20].Sample(values =>
    {
        var bytes = new byte[values.Length * 8];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * 8), values[i]);
        foreach (var (type, size) in new[] { ("I64", 8), ("I32", 4), ("U32", 4), ("I16", 2), ("U16", 2), ("I8", 1), ("U8", 1) })
        {
            Write($$$"""{"t":{"dtype":"{{{type}}}","shape":[{{{bytes.Length / size}}}],"data_offsets":[0,{{{bytes.Length}}}]}}""", bytes);
            using var file = SafetensorsReader.Open(FilePath);
            var expected = Enumerable.Range(0, bytes.Length / size).Select(i => Integer(bytes.AsSpan(i * size, size), type[0] == 'I'));
            Assert.Equal(expected, file.ReadIntegers("t"));
        }
    }, iter: 20, threads: 1);

    [Fact]
    public void A_missing_tensor_or_a_wrong_type_is_named()
    {
        SafetensorsWriter.Write(FilePath, [], [TensorData.FromSingles("w", [1], [0]), TensorData.FromIntegers("u", [2], [1, 2])]);
        using var file = SafetensorsReader.Open(FilePath);

        Assert.Equal(
            $"{FilePath}: v = missing: The tensor is needed. The file holds: w, u.",
            Assert.Throws<InvalidInputException>(() => file.ReadSingles("v")).Message);
        Assert.Equal(
            $"{FilePath}: w = F32 [1]: The type must be I8, I16 or I32. Convert the tensor and write the file again.",
            Assert.Throws<InvalidInputException>(() => file.ReadInt32s("w")).Message);
        Assert.Contains(
            "w = F32 [1]: The type must be an integer type of at most 63 bits.",
            Assert.Throws<InvalidInputException>(() => file.ReadIntegers("w")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "u = I8 [2]: The type must be F16, BF16, F32 or F64.",
            Assert.Throws<InvalidInputException>(() => file.ReadSingles("u")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        SafetensorsWriter.Write(FilePath, [], [TensorData.FromIntegers("a", [1], [1])]);
        var before = File.ReadAllBytes(FilePath);

        Assert.StartsWith(
            "a has 1 bytes; its shape needs 2.",
            Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(FilePath, [], [TensorData.FromIntegers("a", [2], [1])])).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Two tensors are called a.",
            Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(
                FilePath, [], [TensorData.FromIntegers("a", [1], [1]), TensorData.FromIntegers("a", [1], [1])])).Message,
            StringComparison.Ordinal);
        Assert.Throws<IOException>(() => AtomicFile.Write(FilePath, s =>
        {
            s.WriteByte(1);
            throw new IOException("disk full");
        }));

        Assert.Equal(before, File.ReadAllBytes(FilePath));
        Assert.Equal(["x.safetensors"], _folder.Names);
    }

    /// <summary>Each: the header, how many bytes of data follow, and what the message says.</summary>
    public static TheoryData<string, int, string> HostileHeaders { get; } = new()
    {
        { "", 0, "header = not readable" },
        { "[]", 0, "StartObject expected" },
        { "{", 0, "header = not readable" },
        { "{} x", 0, "header = not readable" },
        { "{}{}", 0, "header = not readable" },
        { "{}", 1, "The tensors cover 0 bytes; nothing may follow them." },
        { """{"a":1}""", 0, "StartObject expected" },
        { """{"a":{}}""", 0, "a = incomplete: A tensor has dtype, shape and two data_offsets." },
        { """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0]}}""", 1, "a = incomplete: A tensor has dtype, shape and two data_offsets." },
        {
            """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1,2]}}""",
            1, "a.data_offsets = more than 2 numbers: It must hold at most 2 numbers."
        },
        {
            """{"a":{"dtype":"I8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}""",
            1, "a.dtype = unexpected: A tensor has dtype, shape and data_offsets, each once."
        },
        { """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1],"device":"cpu"}}""", 1, "a.device = unexpected" },
        { """{"a":{"dtype":"I9","shape":[1],"data_offsets":[0,1]}}""", 1, "a.dtype = I9: The type must be one of BOOL, U8" },
        { """{"a":{"dtype":8,"shape":[1],"data_offsets":[0,1]}}""", 1, "String expected" },
        {
            """{"a":{"dtype":"I8","shape":[-1],"data_offsets":[0,1]}}""",
            1, "a.shape = no count: It must hold whole numbers from 0 to 2^63 - 1."
        },
        { """{"a":{"dtype":"I8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "a.shape = no count" },
        { """{"a":{"dtype":"I8","shape":[NaN],"data_offsets":[0,1]}}""", 1, "header = not readable" },
        { """{"a":{"dtype":"I8","shape":[1e400],"data_offsets":[0,1]}}""", 1, "a.shape = no count" },
        { """{"a":{"dtype":"I8","shape":[9223372036854775808],"data_offsets":[0,1]}}""", 1, "a.shape = no count" },
        {
            """{"a":{"dtype":"I64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0,
            "a.data_offsets = [0, 0]: I64 [4294967296, 4294967296] needs another number of bytes than 0."
        },
        {
            """{"a":{"dtype":"F64","shape":[9223372036854775807,9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""",
            8, "needs another number of bytes"
        },
        {
            """{"a":{"dtype":"I8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""",
            1, "a.data_offsets = end 0 + 9223372036854775807: The tensor must end within the 1 bytes of data."
        },
        {
            """{"a":{"dtype":"I8","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}}""",
            1, "a.shape = more than 16 numbers"
        },
        { """{"a":{"dtype":"I16","shape":[1],"data_offsets":[0,1]}}""", 1, "needs another number of bytes" },
        {
            """{"a":{"dtype":"I8","shape":[1],"data_offsets":[1,0]}}""",
            1, "a.data_offsets = [1, 0]: The end must not lie before the begin."
        },
        { """{"a":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}""", 2, "a.data_offsets = begin 1: " },
        {
            """{"a":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"I8","shape":[2],"data_offsets":[1,3]}}""",
            3, "without gap or overlap"
        },
        {
            """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}""",
            1, "without gap or overlap"
        },
        {
            """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}""",
            2, "a = twice: Names must be unique."
        },
        {
            """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}""",
            2, "data = 2 bytes: The tensors cover 1 bytes; nothing may follow them."
        },
        { """{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}""", 0, "The tensor must end within the 0 bytes of data." },
        { """{"a":{"dtype":"I8","shape":[[[[[[1]]]]]],"data_offsets":[0,1]}}""", 1, "a.shape = no count" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__.a = twice: Names must be unique." },
        { """{"__metadata__":{"a":1}}""", 0, "String expected" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "__metadata__ = twice: Names must be unique." },
        { """{"__metadata__":{"a":"\ud800"}}""", 0, "header = not readable" },
    };

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void A_hostile_header_gives_one_clear_error(string header, int dataBytes, string expected)
    {
        Write(header, new byte[dataBytes]);

        var e = Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(FilePath));

        var problem = Assert.Single(e.Problems);
        Assert.Equal(FilePath, problem.File);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0], "content = an empty file")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0 }, "file = 7 bytes: It must begin with 8 bytes of header length. " + Mend)]
    [InlineData(
        new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "header length = 3: The file has only 2 bytes after it. " + Mend)]
    [InlineData(
        new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}' },
        "header length = 18446744073709551615: It must be at most 100000000 bytes. " + Mend)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 128, (byte)'{', (byte)'}' }, "It must be at most 100000000 bytes.")]
    [InlineData(new byte[] { 0, 225, 245, 5, 0, 0, 0, 0 }, "The file has only 0 bytes after it.")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFE }, "header = not readable")]
    public void A_hostile_length_gives_one_clear_error(byte[] bytes, string expected)
    {
        File.WriteAllBytes(FilePath, bytes);

        Assert.Contains(
            expected, Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_JSON_and_a_megabyte_of_name_give_short_messages()
    {
        Write("{\"a\":" + new string('[', 1_000_000), []);
        Assert.InRange(Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(FilePath)).Message.Length, 1, 1000);

        Write("{\"" + new string('a', 1_000_000) + "\":{}}", []);
        Assert.InRange(Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(FilePath)).Message.Length, 1, 1000);
    }

    [Fact]
    public void A_missing_file_or_a_folder_is_bad_input()
    {
        var missing = Assert.Single(Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(_folder.File("none"))).Problems);
        Assert.Equal(
            (_folder.File("none"), "file", "not readable", "Give the path of a safetensors file."),
            (missing.File, missing.Key, missing.Value, missing.Mend));
        Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(_folder.File(".")));
    }

    private void Write(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(FilePath, [.. length, .. json, .. data]);
    }

    private static long Integer(ReadOnlySpan<byte> bytes, bool signed)
    {
        var value = 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        var unused = 64 - bytes.Length * 8;
        return signed ? value << unused >> unused : value;
    }
}
