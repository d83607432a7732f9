using System.Runtime.Versioning;
using LutDla.Boundary;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Boundary;

[UnsupportedOSPlatform("windows")]
public sealed class AtomicFileTests : IDisposable
{
    // More than a new file gets.
    private const UnixFileMode GroupToo = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_was_there_keeps_its_permissions_and_its_links()
    {
        var (file, link) = (Old("file"), _folder.File("link"));
        File.SetUnixFileMode(file, GroupToo);
        File.CreateSymbolicLink(link, "file");

        Write(link);

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal(GroupToo, File.GetUnixFileMode(file));
        Assert.Equal("file", new FileInfo(link).LinkTarget);
        Assert.Equal(["file", "link"], _folder.Names);
    }

    [Fact]
    public async Task Another_name_of_the_same_file_keeps_the_old_content()
    {
        var file = Old("file");
        await new ExternalTool("ln", "coreutils").RunAsync(_folder.Path, ["file", "copy"], TestContext.Current.CancellationToken);

        Write(file);

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal("old", File.ReadAllText(_folder.File("copy")));
    }

    [Fact]
    public void A_chain_of_links_to_nothing_makes_the_file_at_its_end()
    {
        Directory.CreateDirectory(_folder.File("sub"));
        File.CreateSymbolicLink(_folder.File("first"), "sub/second");
        File.CreateSymbolicLink(_folder.File("sub/second"), "../end");

        Write(_folder.File("first"));

        Assert.Equal("new", File.ReadAllText(_folder.File("end")));
        Assert.Equal(["end", "first", "sub"], _folder.Names);
    }

    [Fact]
    public void Links_that_go_round_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(_folder.File("a"), "b");
        File.CreateSymbolicLink(_folder.File("b"), "a");

        Assert.Contains("leads to itself", Assert.Throws<IOException>(() => Write(_folder.File("a"))).Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], _folder.Names);
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there()
    {
        var file = Old("file");

        Assert.Throws<IOException>(() => AtomicFile.Write(file, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("no room");
        }));

        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal(["file"], _folder.Names);
    }

    [Fact]
    public void A_file_that_may_not_be_written_is_not_replaced()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may write everything.");
        var file = Old("file");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        Assert.Throws<UnauthorizedAccessException>(() => Write(file));

        Assert.Equal("old", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_a_pipe()
    {
        var pipe = _folder.File("pipe");
        await SpecialFile.MakePipeAsync(pipe);
        using var reader = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite); // opened for both, a pipe waits for nobody
        var text = new byte[3];

        Write(pipe);

        AssertSpecial(pipe);
        reader.ReadExactly(text);
        Assert.Equal("new"u8, text);
    }

    [Fact]
    public async Task A_device_is_written_to_and_stays_a_device_behind_a_link_too()
    {
        var device = _folder.File("null");
        await SpecialFile.MakeNullAsync(device);
        File.CreateSymbolicLink(_folder.File("link"), "null");

        Write(device);
        Write(_folder.File("link"));

        AssertSpecial(device);
        Assert.Equal(["link", "null"], _folder.Names);
    }

    [Fact]
    public async Task A_device_without_room_fails_and_stays_a_device()
    {
        var device = _folder.File("full");
        await SpecialFile.MakeFullAsync(device);

        Assert.Throws<IOException>(() => Write(device));

        AssertSpecial(device);
        Assert.Equal(["full"], _folder.Names);
    }

    private static void AssertSpecial(string path) => Assert.Equal(FileKind.Special, FileStatus.Of(path)?.Kind);

    private static void Write(string path) => AtomicFile.Write(path, stream => stream.Write("new"u8));

    private string Old(string name)
    {
        File.WriteAllText(_folder.File(name), "old");
        return _folder.File(name);
    }
}
