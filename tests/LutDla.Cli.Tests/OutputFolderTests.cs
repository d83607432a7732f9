using System.Runtime.Versioning;
using LutDla.Rtl.Handoff;

namespace LutDla.Cli.Tests;

/// <summary>What <c>generate</c> may delete in a folder that is there already: only what an earlier run made, as that made it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutputFolderTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    private string ManifestFile => Path.Combine(Out, Manifest.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_was_edited_is_named_and_kept()
    {
        await GenerateAsync();
        await File.AppendAllTextAsync(Path.Combine(Out, "rtl", "tiny_core.v"), "// mine\n", Cancellation);

        await RefusedAsync(
            "must hold only what lutdla generated; rtl/tiny_core.v was changed since.\n    Name another folder, or move that away.");
    }

    [Theory]
    [InlineData("../victim")]
    [InlineData("rtl/../../victim")]
    [InlineData("/victim")]
    [InlineData("rtl\\\\..\\\\victim")]
    [InlineData("")]
    public async Task A_manifest_that_lists_a_path_outside_is_refused(string path)
    {
        await File.WriteAllTextAsync(_folder.File("victim"), "mine", Cancellation);
        await ForgeAsync(path, await File.ReadAllBytesAsync(_folder.File("victim"), Cancellation));

        await RefusedAsync(
            $"{ManifestFile}: files.path = {path.Replace("\\\\", "\\", StringComparison.Ordinal)}\n    must lie in the folder.");
    }

    [Theory]
    [InlineData("{", "must be the manifest of an earlier run of lutdla generate.")]
    [InlineData("[]", "JSON = a list\n    must be an object.")]
    [InlineData("{}", "generator = missing\n    must be there.")]
    [InlineData("{ 'generator': 'other', 'files': [] }", "generator = \"other\"\n    must be lutdla.")]
    [InlineData("{ 'generator': 'lutdla' }", "files = missing\n    must be there.")]
    [InlineData("{ 'generator': 'lutdla', 'files': {} }", "files = an object\n    must be a list.")]
    [InlineData("{ 'generator': 'lutdla', 'files': [{ 'path': 'a' }] }", "files[0].sha256 = missing\n    must be there.")]
    [InlineData(
        "{ 'generator': 'lutdla', 'files': [{ 'path': 'a', 'sha256': '1' }, { 'path': 'a', 'sha256': '1' }] }",
        "files[1].path = \"a\"\n    must be listed once.")]
    public async Task A_manifest_that_is_none_is_refused(string text, string message)
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(ManifestFile, text.Replace('\'', '"'), Cancellation);

        await RefusedAsync(message);
    }

    [Fact]
    public async Task A_stale_manifest_does_not_give_away_a_file_that_came_in_the_place_of_one()
    {
        await ForgeAsync("notes.txt", "what lutdla wrote"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(Out, "notes.txt"), "mine", Cancellation);

        await RefusedAsync("notes.txt was changed since.");
    }

    [Theory]
    [InlineData("ln -s /etc/hostname link", "link")]
    [InlineData("ln -s / link", "link")]
    [InlineData("rm -r rtl && ln -s ../other rtl", "rtl")]
    [InlineData("rm tiny.f && mkfifo tiny.f", "tiny.f")]
    [InlineData("mkdir notes", "notes")]
    [InlineData("mv manifest.json m && ln -s m manifest.json", "m")]
    public async Task A_link_a_pipe_or_a_folder_of_someone_else_is_kept(string script, string name)
    {
        var earlier = $"cp -r {Repository.File("generated", "tiny")} {Out} && mkdir {_folder.File("other")}";
        Assert.Equal(0, (await CliProcess.RunInShellAsync($"{earlier} && cd {Out} && {script}")).ExitCode);

        await RefusedAsync($"must hold only what lutdla generated; {name} is something else.");
    }

    [Fact]
    public async Task A_folder_behind_a_link_is_replaced_and_keeps_its_permissions()
    {
        const UnixFileMode onlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(_folder.File("real"), onlyOwner);
        File.CreateSymbolicLink(Out, "real");

        await GenerateAsync();
        await GenerateAsync();

        Assert.Equal("real", new FileInfo(Out).LinkTarget);
        Assert.Equal(onlyOwner, File.GetUnixFileMode(_folder.File("real")));
        Assert.Equal(["out", "real"], _folder.Names);
    }

    [Fact]
    public async Task While_another_run_writes_the_folder_it_is_left_alone()
    {
        await GenerateAsync();
        using (new FileStream($"{Out}.lock", FileMode.CreateNew, FileAccess.Write, FileShare.None))
            await RefusedAsync("is being written by another lutdla.\n    Wait for that, or name another folder.");

        await GenerateAsync(); // a lock file without a process locks nothing

        Assert.Equal(["out"], _folder.Names);
    }

    [Fact]
    public async Task Of_several_runs_at_once_each_writes_the_whole_folder_or_says_that_it_could_not()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync()));

        Assert.Contains(runs, run => run.ExitCode == 0);
        Assert.All(
            runs.Where(run => run.ExitCode != 0),
            run => Assert.Contains("is being written by another lutdla.", run.StandardError, StringComparison.Ordinal));
        var hashes = Manifest.HashesOf(ManifestFile);
        Assert.All(hashes, file => Assert.Equal(file.Value, Manifest.HashOf(Path.Combine(Out, file.Key))));
        Assert.Equal(["out"], _folder.Names);
    }

    private async Task ForgeAsync(string path, byte[] content)
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllBytesAsync(_folder.File("hashed"), content, Cancellation);
        var hash = Manifest.HashOf(_folder.File("hashed"));
        File.Delete(_folder.File("hashed"));
        await File.WriteAllTextAsync(
            ManifestFile, $$"""{ "generator": "lutdla", "files": [{ "path": "{{path}}", "sha256": "{{hash}}" }] }""", Cancellation);
    }

    private async Task RefusedAsync(string message)
    {
        var before = Everything();

        var run = await RunAsync();

        Assert.True(run.ExitCode == 2, $"The exit code is {run.ExitCode}: {run.StandardError}");
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.Equal(before, Everything());
    }

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", new EnumerationOptions
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint,
    }).Order(StringComparer.Ordinal)];

    private async Task GenerateAsync() => Assert.Equal(0, (await RunAsync()).ExitCode);

    private Task<CliWrap.Buffered.BufferedCommandResult> RunAsync() =>
        CliProcess.RunAsync("generate", "--config", Repository.File("configs", "tiny.json"), "--out", Out);
}
