using System.Buffers.Binary;
using System.IO.Compression;
using LutDla.Boundary;
using LutDla.Networks.Data;

namespace LutDla.Training.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Idx_files_are_read_plain_and_packed()
    {
        var images = Idx(0x803, [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        var labels = Idx(0x801, [2], [9, 0]);

        var data = IdxFile.Read("toy", _folder.Write("images.gz", Gzip(images)), _folder.Write("labels", labels));

        Assert.Equal((2, 2, 3, 1, 10), (data.Count, data.Height, data.Width, data.Channels, data.Classes));
        Assert.Equal([7, 8, 9, 10, 11, 12], data.Image(1).ToArray());
        Assert.Equal([9, 0], data.Labels);
    }

    public static TheoryData<string, byte[], string> HostileImages { get; } = new()
    {
        { "empty", [], "header" },
        { "cut header", [0, 0, 8, 3, 0, 0], "header" },
        { "labels for images", Idx(0x801, [1], [0]), "header" },
        { "floats for bytes", Idx(0xD03, [1, 1, 1], [0]), "magic number" },
        { "no images", Idx(0x803, [0, 1, 1], []), "dimension 0" },
        { "no rows", Idx(0x803, [1, 0, 1], []), "dimension 1" },
        { "4 billion columns", Idx(0x803, [1, 1, 0xFFFFFFFF], [0]), "dimension 2" },
        { "a tebibyte", Idx(0x803, [1_000_000, 1024, 1024], [0]), "size" },
        { "two gibibytes announced", Idx(0x803, [1, 1024, 1025], [0]), "dimension 2" },
        { "cut body", Idx(0x803, [1, 2, 2], [1, 2, 3]), "body" },
        { "long body", Idx(0x803, [1, 2, 2], [1, 2, 3, 4, 5]), "body" },
        { "packed, cut body", Gzip(Idx(0x803, [1, 2, 2], [1, 2, 3])), "body" },
        { "packed, long body", Gzip(Idx(0x803, [1, 2, 2], [1, 2, 3, 4, 5])), "end" },
        { "packed, broken", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "header" },
    };

    [Theory]
    [MemberData(nameof(HostileImages))]
    public void A_hostile_image_file_gets_one_clear_message(string what, byte[] content, string key)
    {
        var images = _folder.Write("images", content);
        var labels = _folder.Write("labels", Idx(0x801, [1], [0]));

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => IdxFile.Read(what, images, labels)).Problems);

        Assert.Equal((images, key), (problem.File, problem.Key));
    }

    [Fact]
    public void A_packed_file_that_is_cut_anywhere_in_its_data_is_refused()
    {
        const int EndBytes = 10; // the last block's end, checksum and length: without them all pixels are still there
        var whole = Gzip(Idx(0x803, [1, 16, 16], [.. Enumerable.Range(0, 256).Select(k => (byte)(k * k / 7 % 256))]));
        var labels = _folder.Write("labels", Idx(0x801, [1], [0]));
        for (var bytes = 0; bytes < whole.Length - EndBytes; bytes++)
        {
            var images = _folder.Write("images.gz", whole[..bytes]);
            var fault = Assert.Throws<InvalidInputException>(() => IdxFile.Read("toy", images, labels));
            Assert.Equal(images, Assert.Single(fault.Problems).File);
        }
    }

    [Fact]
    public void A_packed_file_with_a_wrong_checksum_is_refused()
    {
        var packed = Gzip(Idx(0x803, [1, 1, 1], [0]));
        packed[^8] ^= 1;
        var labels = _folder.Write("labels", Idx(0x801, [1], [0]));

        var fault = Assert.Throws<InvalidInputException>(() => IdxFile.Read("toy", _folder.Write("images.gz", packed), labels));

        Assert.Equal("The gzip stream must be whole.", Assert.Single(fault.Problems).Rule);
    }

    [Fact]
    public void A_broken_member_after_a_packed_file_is_refused()
    {
        byte[] images = [.. Gzip(Idx(0x803, [1, 1, 1], [0])), 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF];
        var labels = _folder.Write("labels", Idx(0x801, [1], [0]));

        var fault = Assert.Throws<InvalidInputException>(() => IdxFile.Read("toy", _folder.Write("images.gz", images), labels));

        Assert.Equal("end", Assert.Single(fault.Problems).Key);
    }

    [Theory]
    [InlineData(0, "header")]
    [InlineData(7, "header")]
    [InlineData(9, "body")]
    public void Cut_labels_are_refused(int bytes, string key)
    {
        var labels = _folder.Write("labels", Idx(0x801, [2], [0, 1])[..bytes]);

        var fault = Assert.Throws<InvalidInputException>(
            () => IdxFile.Read("toy", _folder.Write("images", Idx(0x803, [2, 1, 1], [0, 0])), labels));

        Assert.Equal((labels, key), (Assert.Single(fault.Problems).File, fault.Problems[0].Key));
    }

    [Theory]
    [InlineData(0x80300000u)]
    [InlineData(0x03080000u)]
    [InlineData(0x00000803u + 1)]
    [InlineData(0x00000C03u)]
    public void Another_magic_number_is_refused(uint magic)
    {
        var images = _folder.Write("images", Idx(magic, [1, 1, 1], [0]));
        var labels = _folder.Write("labels", Idx(0x801, [1], [0]));

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => IdxFile.Read("toy", images, labels)).Problems);

        Assert.Equal((images, "magic number", $"0x{magic:X8}"), (problem.File, problem.Key, problem.Value));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Assert.Equal(
            "file",
            Assert.Throws<InvalidInputException>(() => IdxFile.Read("toy", _folder.File("none"), _folder.File("none"))).Problems[0].Key);
        Assert.Equal("file", Assert.Throws<InvalidInputException>(() => Cifar10File.Read("toy", [_folder.Path])).Problems[0].Key);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1 }, "count")]
    [InlineData(new byte[] { 10 }, "label 0")]
    public void Labels_that_do_not_fit_are_refused(byte[] labels, string key)
    {
        var path = _folder.Write("labels", Idx(0x801, [(uint)labels.Length], labels));

        var fault = Assert.Throws<InvalidInputException>(
            () => IdxFile.Read("toy", _folder.Write("images", Idx(0x803, [1, 1, 1], [0])), path));

        Assert.Equal((path, key), (fault.Problems[0].File, fault.Problems[0].Key));
    }

    [Fact]
    public void Cifar_planes_become_interleaved_channels()
    {
        byte[] record = [7, .. Enumerable.Repeat<byte>(1, 1024), .. Enumerable.Repeat<byte>(2, 1024), .. Enumerable.Repeat<byte>(3, 1024)];

        var data = Cifar10File.Read("cifar10", [_folder.Write("a.bin", record), _folder.Write("b.bin", [.. record, .. record])]);

        Assert.Equal((3, 32, 32, 3), (data.Count, data.Height, data.Width, data.Channels));
        Assert.Equal([1, 2, 3, 1, 2, 3], data.Image(2)[..6].ToArray());
        Assert.Equal([7, 7, 7], data.Labels);
    }

    [Theory]
    [InlineData(0, "size")]
    [InlineData(3072, "size")]
    [InlineData(3074, "size")]
    public void A_cifar_batch_of_another_size_is_refused(int bytes, string key)
    {
        var path = _folder.Write("batch.bin", new byte[bytes]);
        Assert.Equal(key, Assert.Throws<InvalidInputException>(() => Cifar10File.Read("cifar10", [path])).Problems[0].Key);
    }

    [Fact]
    public void A_cifar_label_above_nine_is_refused()
    {
        var path = _folder.Write("batch.bin", [10, .. new byte[3072]]);
        Assert.Equal("label 0", Assert.Throws<InvalidInputException>(() => Cifar10File.Read("cifar10", [path])).Problems[0].Key);
    }

    [Fact]
    public void Of_several_cifar_batches_the_one_with_the_wrong_label_is_named()
    {
        var good = _folder.Write("a.bin", new byte[2 * 3073]);
        var bad = _folder.Write("b.bin", [.. new byte[3073], 255, .. new byte[3072]]);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => Cifar10File.Read("cifar10", [good, bad])).Problems);

        Assert.Equal((bad, "label 1", "255"), (problem.File, problem.Key, problem.Value));
    }

    [Fact]
    public void A_packed_cifar_batch_is_refused()
    {
        var path = _folder.Write("batch.bin.gz", Gzip(new byte[3073]));
        Assert.Equal("file", Assert.Throws<InvalidInputException>(() => Cifar10File.Read("cifar10", [path])).Problems[0].Key);
    }

    [Fact]
    public void A_missing_data_set_says_where_it_was_looked_for_and_what_to_install()
    {
        var fault = Assert.Throws<InvalidInputException>(
            () => DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Test, _folder.Path));
        Assert.Contains(_folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install dataset-fashion-mnist", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Idx(uint magic, uint[] dimensions, byte[] body)
    {
        var header = new byte[4 + 4 * dimensions.Length];
        BinaryPrimitives.WriteUInt32BigEndian(header, magic);
        for (var i = 0; i < dimensions.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + 4 * i), dimensions[i]);
        return [.. header, .. body];
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}
