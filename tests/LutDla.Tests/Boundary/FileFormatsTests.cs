using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using LutDla.Boundary;

namespace LutDla.Tests.Boundary;

/// <summary>Files as other programs write them, recognised by their content.</summary>
public sealed class FileFormatsTests
{
    // The first bytes are those that the formats' own documents state.
    public static TheoryData<FileFormat, byte[]> Files { get; } = new()
    {
        { FileFormat.Safetensors, [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8] },
        { FileFormat.Onnx, [8, 7, 18, 4, .. "test"u8] },
        { FileFormat.Pickle, [0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0] },
        { FileFormat.TorchArchive, Zip("archive/data.pkl") },
        { FileFormat.TorchArchive, Zip("model/.format_version") },
        { FileFormat.NumpyArchive, Zip("inputs.npy") },
        { FileFormat.KerasArchive, Zip("metadata.json") },
        { FileFormat.Zip, Zip("readme.txt") },
        { FileFormat.Numpy, [0x93, .. "NUMPY"u8, 1, 0] },
        { FileFormat.Hdf5, [0x89, .. "HDF\r\n\u001a\n"u8, 0, 0] },
        { FileFormat.TensorFlowLite, [0x1c, 0, 0, 0, .. "TFL3"u8] },
        { FileFormat.Gguf, [.. "GGUF"u8, 3, 0, 0, 0] },
        { FileFormat.Tar, Tar() },
        { FileFormat.Compressed, Gzip() },
        { FileFormat.Compressed, [0xfd, .. "7zXZ"u8, 0, 0, 4] },
        { FileFormat.Picture, [0x89, .. "PNG\r\n"u8] },
        { FileFormat.WebPage, [.. "\n<!DOCTYPE html>"u8] },
        { FileFormat.LargeFilePointer, [.. "version https://git-lfs.github.com/spec/v1\n"u8] },
        { FileFormat.Json, [.. Encoding.UTF8.Preamble, .. " { \"a\": 1 }"u8] },
        { FileFormat.Text, [.. "text,category\n"u8] },
        { FileFormat.Text, [.. "Zürich\n"u8] },
        { FileFormat.Empty, [] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_recognised_by_its_content_and_there_is_something_to_say(FileFormat format, byte[] content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("file");
        File.WriteAllBytes(path, content);

        Assert.Equal(format, FileFormats.Of(path));
        var problem = Assert.Single(format.Wrong(path, "It must be something else.").Problems);
        Assert.True(problem is { Key: "content", Value.Length: > 3, Mend.Length: > 10 });
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 8, 0, 0, 0, 0, 0, 0, 0 })] // a header of eight bytes that are not there
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{' })]
    [InlineData(new byte[] { 200, 0, 0, 0, 0, 0, 0, 1, (byte)'{' })]
    public void What_no_mark_tells_is_nothing_known(byte[] content)
    {
        var found = FileFormats.Of(content, content.Length);

        Assert.True(found is null || (found == FileFormat.Onnx && content[0] == 8));
    }

    [Fact]
    public void A_file_that_is_not_there_is_nothing_known() => Assert.Null(FileFormats.Of("/no such folder/no such file"));

    [Fact]
    public void Every_format_has_a_name_and_advice() =>
        Assert.All(Enum.GetValues<FileFormat>(), format => Assert.True(format.Name().Length > 0 && format.Mend().EndsWith('.')));

    private static byte[] Zip(string name)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry(name);
        return bytes.ToArray();
    }

    private static byte[] Gzip()
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            packed.Write("weights"u8);
        return bytes.ToArray();
    }

    private static byte[] Tar()
    {
        using var bytes = new MemoryStream();
        using (var archive = new TarWriter(bytes, leaveOpen: true))
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "storages"));
        return bytes.ToArray();
    }
}
