using System.IO.Compression;
using System.Text;
using LutDla.Boundary;
using LutDla.Networks.PyTorch;

namespace LutDla.Training.Tests.PyTorch;

/// <summary>
/// Files that are broken, or that were made to do harm, end in a message: never in a crash or much memory, and nothing runs.
/// </summary>
public sealed class PyTorchHostileFileTests
{
    /// <summary>What reading a file may take, beside 100 bytes for each of its own.</summary>
    private const long MaximumBytes = 8L << 20;

    private static readonly byte[] Plain = new PickleWriter().State(SampleTensor.Plain).ToArray();

    [Theory]
    [InlineData("cposix\nsystem\nX\u0002\0\0\0ls\u0085R", "posix.system: A weight file may name tensors")]
    [InlineData("cposix\nsystem\nX\u0002\0\0\0ls\u0085R", "Nothing was run.")]
    [InlineData("cbuiltins\neval\n", "builtins.eval: ")]
    [InlineData("X\u0008\0\0\0builtinsX\u0004\0\0\0exec\u0093", "builtins.exec: ")]
    [InlineData("ctorch\nload\n", "torch.load: ")]
    [InlineData("ccollections\nOrderedDict.update\n", "collections.OrderedDict.update: ")]
    [InlineData("c\u001b[2Jx\ny\n", "= ?[2Jx.y: ")]
    [InlineData("c\u00e9\ny\n", "Names must be ASCII")]
    [InlineData("K\u0001K\u0002\u0093", "A global is named by two texts.")]
    [InlineData("iposix\nsystem\n", "opcode 0x69: ")]
    [InlineData("(cposix\nsystem\no", "posix.system")]
    [InlineData("})\u0081", "opcode 0x81: ")]
    [InlineData("\u0082\u0001", "opcode 0x82: ")]
    [InlineData("P0\n", "opcode 0x50: ")]
    [InlineData("\0", "opcode 0x00: ")]
    [InlineData("\u0080\u0006", "pickle protocol 6: ")]
    [InlineData("\u0080\u0001", "pickle protocol 1: ")]
    [InlineData("h\u0001", "memo 1: ")]
    [InlineData("}q\u0001j\u0001\u0001\0\0", "memo 257: ")]
    [InlineData("q\u0001", "an empty stack")]
    [InlineData("\u0094", "an empty stack")]
    [InlineData("R", "an empty stack")]
    [InlineData("Q", "an empty stack")]
    [InlineData("}b", "an empty stack")]
    [InlineData("K\u0001\u0086", "an empty stack")]
    [InlineData("K\u0001(\u0085", "an empty stack")]
    [InlineData("}(", "an empty stack")]
    [InlineData("t", "no mark")]
    [InlineData("u", "no mark")]
    [InlineData("e", "no mark")]
    [InlineData("K\u0001(K\u0002e", "Only a list can be appended to.")]
    [InlineData("}K\u0001a", "Only a list can be appended to.")]
    [InlineData("](K\u0001K\u0002u", "2 values for a list of 0: ")]
    [InlineData("}(K\u0001u", "1 values for a dictionary of 0: ")]
    [InlineData("}(X\u0001\0\0\0wNX\u0001\0\0\0wNu", "'w': Names must be unique.")]
    [InlineData("]Nb", "Only a dictionary can be given attributes.")]
    [InlineData("X\u0001\0\0\0\u00ff", "Texts must be UTF-8.")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes wanted")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff", "-1 bytes wanted")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "a frame of 18446744073709551615 bytes")]
    [InlineData("N)R", "None called with a tuple of 0: ")]
    [InlineData("ctorch\nFloatStorage\n)R", "the storage type Single called with a tuple of 0: ")]
    [InlineData("ccollections\nOrderedDict\nNR", "OrderedDict called with None: ")]
    [InlineData("ccollections\nOrderedDict\n](NNe\u0085R", "An OrderedDict is made of pairs.")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R", "RebuildTensorV2 called with a tuple of 0: ")]
    [InlineData("ctorch._utils\n_rebuild_parameter\nNNN\u0087R", "RebuildParameter called with a tuple of 3: ")]
    [InlineData("NQ", "None: It must name a storage")]
    [InlineData("(X\u0006\0\0\0modulectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0006tQ", "It must name a storage")]
    [InlineData("(X\u0007\0\0\0storageccollections\nOrderedDict\nX\u0001\0\0\00NK\u0006tQ", "It must name a storage")]
    [InlineData("(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00NK\u0006NK\u0006K\u0006\u0087tQ", "It must name a storage")]
    [InlineData("K\u0001", "object = 1: It must be a state dict")]
    [InlineData("N", "object = None: It must be a state dict")]
    [InlineData("}", "state dict = empty: ")]
    [InlineData("}X\u0001\0\0\0wK\u0001s", "w = 1: A state dict must hold nothing but tensors.")]
    [InlineData("}K\u0001Ns", "name = 1: Names of a state dict must be texts.")]
    [InlineData("}q\0X\u000A\0\0\0state_dicth\0s", "state_dict = a dictionary of 1: ")]
    [InlineData("]q\0h\0a", "object = a list of 1: ")]
    public void A_pickle_that_torch_does_not_write_is_refused(string opcodes, string message)
    {
        var pickle = new PickleWriter().Raw(opcodes).ToArray();
        Refused(WeightFile.Zip(pickle), message);
        Refused(WeightFile.Legacy(pickle), message);
    }

    [Fact]
    public void A_fault_of_a_pickle_is_told_with_its_place()
    {
        var pickle = new PickleWriter().Raw("}(o").ToArray();
        Refused(WeightFile.Zip(pickle), "weights.pt: data.pkl, byte 4 = opcode 0x6F: ");
        Refused(WeightFile.Legacy(pickle), $"weights.pt: object, byte {WeightFile.LegacyStart.Length + 4} = opcode 0x6F: ");
    }

    [Theory]
    [InlineData(0, "2,3", "3,2", "w.strides = [3, 2]: They lead out of the storage of 6 elements.")]
    [InlineData(1, "2,3", "3,1", "w.strides = [3, 1]: ")]
    [InlineData(6, "", "", "w.strides = []: ")]
    [InlineData(7, "0", "1", "w.offset = 7: ")]
    [InlineData(-1, "2", "1", "w.offset = -1: ")]
    [InlineData(long.MaxValue, "2", "1", "w.offset = ")]
    [InlineData(0, "-2", "1", "w.shape = [-2]: ")]
    [InlineData(0, "2", "-1", "w.strides = [-1]: ")]
    [InlineData(0, "2", "1,1", "w.strides = [1, 1]: They must be 1 numbers")]
    [InlineData(0, "2,3", "3", "w.strides = [3]: They must be 2 numbers")]
    [InlineData(0, "2", "9223372036854775807", "w.strides = ")]
    [InlineData(0, "9223372036854775807,9223372036854775807", "9223372036854775807,9223372036854775807", "w.strides = ")]
    [InlineData(0, "9223372036854775807,9223372036854775807,9223372036854775807", "0,0,0", "w.shape = ")]
    [InlineData(0, "7", "0", "w.shape = [7]: It may have at most the 6 elements of its storage")]
    [InlineData(0, "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "1", "17 dimensions: ")]
    public void A_tensor_that_does_not_lie_in_its_storage_is_refused(long offset, string shape, string strides, string message)
    {
        var tensor = SampleTensor.Plain with { Offset = offset, Shape = Integers(shape), Strides = Integers(strides) };
        var pickle = new PickleWriter().State(tensor).ToArray();
        Refused(WeightFile.Zip(pickle, SampleStorage.Six), message);
        Refused(WeightFile.Legacy(pickle, SampleStorage.Six), message);
    }

    [Fact]
    public void A_shape_that_is_no_number_is_refused()
    {
        var pickle = new PickleWriter().Global("torch._utils _rebuild_tensor").Raw("(").Storage("FloatStorage", "0", 6)
            .Integer(0).Raw("\u0088\u0085").Integers(1).Raw("tR").ToArray();
        Refused(WeightFile.Legacy(pickle, SampleStorage.Six), "They must be whole numbers of 64 bits.");
    }

    [Fact]
    public void A_view_that_negates_is_refused()
    {
        var pickle = new PickleWriter().Global("torch._utils _rebuild_tensor_v2").Raw("(").Storage("FloatStorage", "0", 6)
            .Integer(0).Integers(6).Integers(1).Raw("\u0089N}").Text("neg").Raw("\u0088stR").ToArray();
        Refused(WeightFile.Legacy(pickle, SampleStorage.Six), "RebuildTensorV2 called with a tuple of 7: ");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void A_storage_larger_than_the_file_is_refused(long count)
    {
        var pickle = new PickleWriter().State(SampleTensor.Plain with { Count = count }).ToArray();
        Refused(WeightFile.Zip(pickle, SampleStorage.Six), $"a storage of {count} elements: The file has ");
        Refused(WeightFile.Legacy(pickle, SampleStorage.Six with { Count = count }), $"a storage of {count} elements: The file has ");
    }

    [Theory]
    [InlineData("DoubleStorage", 6)]
    [InlineData("FloatStorage", 5)]
    public void A_storage_that_changes_is_refused(string type, long count)
    {
        var pickle = new PickleWriter().State(SampleTensor.Plain, SampleTensor.Plain with { Name = "x", Type = type, Count = count });
        Refused(WeightFile.Zip(pickle.ToArray(), SampleStorage.Six), "Before, it had 6 Single.");
    }

    [Fact]
    public void Weights_under_more_names_than_the_file_is_large_are_refused()
    {
        var large = new SampleTensor("", "ByteStorage", "0", 10_000, 0, [10_000], [1]);
        SampleTensor[] names = [.. Enumerable.Range(0, 200).Select(i => large with { Name = $"w{i}" })];
        var storage = new SampleStorage("0", 10_000, new byte[10_000]);
        Refused(WeightFile.Legacy(new PickleWriter().State(names).ToArray(), storage), "All tensors of this file may have at most ");
        Assert.Equal(10, WeightFile.Read(WeightFile.Legacy(new PickleWriter().State(names[..10]).ToArray(), storage)).Count);
    }

    [Fact]
    public void More_values_than_an_array_holds_are_refused()
    {
        const long count = 1L << 30;
        using var folder = new TemporaryFolder();
        var pickle = new PickleWriter().State(new SampleTensor("w", "ByteStorage", "0", count, 0, [count], [1])).ToArray();
        var path = folder.Write("weights.pt", WeightFile.Legacy(pickle, new SampleStorage("0", count, [])));
        using (var stream = File.OpenWrite(path)) stream.SetLength(stream.Length + count); // without taking space
        Refused(path, $"w = {count} values: All tensors of this file may have at most {Array.MaxLength} bytes");
    }

    [Theory]
    [InlineData("}", "more than 2097152 opcodes")]
    [InlineData("(", "more than 2097152 opcodes")]
    [InlineData("\u0085", "more than 2097152 opcodes")]
    [InlineData("]q\0", "more than 2097152 opcodes")]
    public void Endless_pickles_are_refused(string opcodes, string message)
    {
        var pickle = new PickleWriter().Raw("N").Raw(string.Concat(Enumerable.Repeat(opcodes, 1 << 21))).ToArray();
        Refused(WeightFile.Legacy(pickle), message);
    }

    [Fact]
    public void Deep_values_are_refused_where_a_tensor_must_be()
    {
        var deep = string.Concat(Enumerable.Repeat("\u0085", 1 << 20));
        Refused(WeightFile.Zip(new PickleWriter().Raw("}").Text("w").Raw("N" + deep + "s").ToArray()), "w = a tuple of 1: ");
    }

    [Fact]
    public void A_list_that_is_copied_again_and_again_is_refused()
    {
        var pickle = new PickleWriter().Raw("](").Raw(string.Concat(Enumerable.Repeat("](NNe", 10_000))).Raw("e\u0085q\0")
            .Global("collections OrderedDict").Raw("q\u0001").Raw(string.Concat(Enumerable.Repeat("h\u0001h\0R", 10_000))).ToArray();
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.Read(WeightFile.Legacy(pickle)));
        Assert.Contains("pairs: All dictionaries together", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_of_too_many_bytes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("weights.pt", [.. WeightFile.LegacyStart, 0x80, 2, (byte)'X', 0, 0, 0, 0x10]); // a text of 2^28 bytes
        using (var stream = File.OpenWrite(path)) stream.SetLength(1L << 30);
        Refused(path, "The pickle must end in its file, and within 67108864 bytes.");
    }

    public static TheoryData<string, string> LegacyParts => new()
    {
        { "magic number = 3: ", Latin1(new PickleWriter().Integer(3).ToArray()) },
        { "magic number, byte 0 = opcode 0x50", "PYTHON" },
        { "magic number, byte 0 = 1 bytes wanted, 0 left", "" },
        { "protocol = 1000: ", Latin1(
            new PickleWriter().Raw(WeightFile.Magic).ToArray()) + Latin1(new PickleWriter().Integer(1000).ToArray()) },
        { "system = a dictionary of 1: The file must say that it is little-endian.", System("little_endian", "\u0089") },
        { "system = a dictionary of 1: ", System("protocol_version", "\u0088") },
    };

    [Theory]
    [MemberData(nameof(LegacyParts))]
    public void A_legacy_file_that_begins_otherwise_is_refused(string message, string start) =>
        Refused(Encoding.Latin1.GetBytes(start), message);

    [Fact]
    public void Legacy_storages_that_are_not_as_announced_are_refused()
    {
        var six = SampleStorage.Six;
        var good = WeightFile.Legacy(Plain, six);
        byte[] keyless = [.. WeightFile.LegacyStart, .. Plain, .. new PickleWriter().Raw("N").ToArray()];
        byte[] numbered = [.. WeightFile.LegacyStart, .. Plain, .. new PickleWriter().Raw("]K\u0001a").ToArray()];

        Refused(WeightFile.Legacy(Plain), "storage 0 = missing: ");
        Refused(WeightFile.Legacy(Plain, six, six), "keys = '0': Keys must be unique.");
        Refused(WeightFile.Legacy(Plain, six, six with { Key = "other" }), "keys = 'other': It must be the key of a storage");
        Refused(WeightFile.Legacy(Plain, six with { Count = 5 }), "storage 0 = 5 elements: The object speaks of 6.");
        Refused(WeightFile.Legacy(Plain, six with { Count = -6 }), "storage 0 = -6 elements: ");
        Refused(WeightFile.Legacy(Plain, six with { Count = long.MaxValue }), "storage 0 = 9223372036854775807 elements: ");
        Refused(good[..^1], "storage 0 = 24 bytes: The file has 23 bytes more.");
        Refused(good[..^25], "storage 0 = cut: ");
        Refused([.. good, 0], "end = 1 more bytes: ");
        Refused(keyless, "keys = None: It must be a list");
        Refused(numbered, "keys = 1: ");
    }

    [Fact]
    public void Archives_that_torch_does_not_write_are_refused()
    {
        var six = SampleStorage.Six;
        var good = WeightFile.Zip(Plain, six);

        Refused(WeightFile.Zip(Plain), "archive/data/0 = missing: ");
        Refused(WeightFile.ZipWith(Plain, six, six).ToArray(), "archive/data/0 = twice: ");
        Refused(WeightFile.Zip(Plain, six with { Bytes = six.Bytes[1..] }), "archive/data/0 = 23 bytes: The object speaks of 24.");
        Refused(WeightFile.Zip(Plain, six with { Bytes = [.. six.Bytes, 0] }), "archive/data/0 = 25 bytes: It may have at most 24 bytes.");
        Refused(WeightFile.ZipWith(Plain, six).Add("other/data.pkl", Plain).ToArray(), "archive = 2 entries NAME/data.pkl: ");
        Refused(new StoredZip().Add("a/b/data.pkl", Plain).Add("data.pkl", Plain).ToArray(), "archive = 0 entries NAME/data.pkl: ");
        Refused(new StoredZip().Add("a/data.pkl", Plain).Add("a/byteorder", "big"u8.ToArray()).ToArray(), "a/byteorder = not little: ");
        Refused(new StoredZip().Add("a/data.pkl", Plain, 0x7FFFFFFF).ToArray(), "a/data.pkl = 2147483647 bytes: It may have at most ");
        Refused(new StoredZip().Add("a/data.pkl", Plain, (uint)Plain.Length - 1).ToArray(), "data.pkl, byte ");
        Refused(good[..^1], "archive = not readable: ");
    }

    [Fact]
    public void Compressed_archives_are_refused()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var stream = archive.CreateEntry("archive/data.pkl", CompressionLevel.Optimal).Open())
            stream.Write(Plain);
        Refused(bytes.ToArray(), "archive/data.pkl = compressed: ");
    }

    [Fact]
    public void Storages_that_share_their_bytes_are_refused()
    {
        var first = new SampleTensor("", "ByteStorage", "", 20_000, 0, [1], [1]);
        SampleTensor[] tensors = [.. Enumerable.Range(0, 50).Select(i => first with { Name = $"{i}", Key = $"{i}" })];
        var bytes = new byte[20_000];
        var zip = new StoredZip().Add("a/data.pkl", new PickleWriter().State(tensors).ToArray());
        var at = zip.Position;
        zip.Add("a/data/0", bytes);
        foreach (var tensor in tensors[1..]) zip.Alias($"a/data/{tensor.Key}", at, bytes);
        Refused(zip.ToArray(), "a storage of 20000 bytes: All storages of this file may have at most ");
    }

    [Fact]
    public void Names_of_an_archive_are_no_paths()
    {
        using var folder = new TemporaryFolder();
        var pickle = new PickleWriter().State(SampleTensor.Plain with { Key = "../../x" }).ToArray();
        var zip = WeightFile.ZipWith(pickle, SampleStorage.Six with { Key = "../../x" }).Add("/etc/x", [1]);
        var path = folder.Write("weights.pt", zip.ToArray());

        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], Assert.Single(PyTorchFile.Read(path)).Values);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cut_file_is_refused(bool zip)
    {
        var file = Small(zip);
        using var folder = new TemporaryFolder();
        for (var length = 0; length < file.Length; length++)
            Assert.False(IsRead(folder, file[..length]), $"{length} of {file.Length} bytes are read as weights.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_with_changed_bytes_is_refused_or_read(bool zip)
    {
        var file = Small(zip);
        using var folder = new TemporaryFolder();
        var random = new Random(17);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var changed = (byte[])file.Clone();
            for (var i = random.Next(1, 4); i > 0; i--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (!IsRead(folder, changed)) refused++;
        }

        Assert.InRange(refused, 1, 1999);
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { "", folder.Path, folder.File("missing.pt"), "/dev/zero" })
            Assert.Throws<InvalidInputException>(() => PyTorchFile.Read(path));
    }

    private static byte[] Small(bool zip) => WeightFile.Of(
        zip,
        new PickleWriter().State(
            SampleTensor.Plain,
            SampleTensor.Plain with { Name = "t", Shape = [3, 2], Strides = [1, 3] },
            new SampleTensor("n", "LongStorage", "1", 1, 0, [], [])).ToArray(),
        SampleStorage.Six,
        SampleStorage.Of("1", 7L));

    private static long[] Integers(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];

    private static string System(string key, string value) => Latin1(
    [
        .. WeightFile.LegacyStart[..^WeightFile.System.Length], .. new PickleWriter().Raw("}").Text(key).Raw(value + "s").ToArray(),
    ]);

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static void Refused(byte[] file, string message)
    {
        using var folder = new TemporaryFolder();
        Refused(folder.Write("weights.pt", file), message, 100L * file.Length);
    }

    private static void Refused(string path, string message, long moreBytes = 0)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidInputException>(() => PyTorchFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumBytes + moreBytes);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    private static bool IsRead(TemporaryFolder folder, byte[] file)
    {
        try
        {
            PyTorchFile.Read(folder.Write("weights.pt", file));
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
