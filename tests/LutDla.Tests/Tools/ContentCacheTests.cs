using System.Runtime.Versioning;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Tools;

/// <summary>An instance of the cache stands for a process: what one uses is locked for the others.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContentCacheTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private static readonly CacheLimits NoLimits = new(long.MaxValue, TimeSpan.FromDays(60));

    private readonly TemporaryFolder _folder = new();

    private int _builds;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Concurrent_users_of_one_cache_build_once()
    {
        var cache = Cache();

        var folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MakeAsync(cache)));

        Assert.Equal(1, _builds);
        Assert.Single(folders, f => !f.WasCached);
        Assert.All(folders, f => Assert.Equal("made", File.ReadAllText(Path.Combine(f.Path, "x"))));
    }

    [Fact]
    public async Task A_failed_build_leaves_nothing_and_can_be_repeated()
    {
        var cache = Cache();
        await Assert.ThrowsAsync<ToolException>(() => cache.GetOrBuildAsync("k", "1", folder =>
        {
            File.WriteAllText(Path.Combine(folder, "half"), "");
            throw new ToolException("no");
        }, Cancellation));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));

        Assert.False((await MakeAsync(cache)).WasCached);
    }

    [Theory]
    [InlineData("printf mede > x")]
    [InlineData("printf more > x")]
    [InlineData("rm x")]
    [InlineData("chmod -x x")]
    [InlineData("rm entry.json")]
    [InlineData("printf '{' > entry.json")]
    [InlineData("printf '{\"Generator\":\"lutdla\",\"Files\":[null]}' > entry.json")]
    [InlineData("rm -r * && mkdir x")]
    public async Task A_damaged_entry_is_made_anew(string damage)
    {
        using (var first = Cache())
            await DamageAsync((await MakeAsync(first)).Path, damage);

        var mended = await MakeAsync(Cache());

        Assert.Equal((2, false), (_builds, mended.WasCached));
        Assert.Equal("made", await File.ReadAllTextAsync(Path.Combine(mended.Path, "x"), Cancellation));
        Assert.True((await MakeAsync(Cache())).WasCached);
        Assert.Equal(["k"], Kinds());
    }

    [Fact]
    public async Task A_damaged_entry_that_another_process_uses_stays_and_the_new_one_is_used_where_it_was_made()
    {
        var used = await MakeAsync(Cache());
        await DamageAsync(used.Path, "printf mede > x");

        var mended = await MakeAsync(Cache());

        Assert.NotEqual(used.Path, mended.Path);
        Assert.Equal("made", await File.ReadAllTextAsync(Path.Combine(mended.Path, "x"), Cancellation));
        Assert.Equal("mede", await File.ReadAllTextAsync(Path.Combine(used.Path, "x"), Cancellation));
    }

    [Fact]
    public async Task Of_two_processes_that_build_the_same_both_use_the_entry_of_the_first_to_finish()
    {
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Cache().GetOrBuildAsync("k", "1", async folder =>
        {
            started.SetResult();
            await finish.Task;
            await FillAsync(folder);
        }, Cancellation);
        await started.Task;

        var quick = await MakeAsync(Cache());
        finish.SetResult();

        Assert.Equal(quick.Path, (await slow).Path);
        Assert.True((await MakeAsync(Cache())).WasCached);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "scratch")));
    }

    [Fact]
    public async Task Entries_long_unused_go_when_something_new_comes_but_not_one_in_use()
    {
        using (var old = Cache())
            await MakeAsync(old, "old");
        var used = Cache();
        await MakeAsync(used, "used");

        await MakeAsync(Cache(NoLimits, days: 59), "young");
        Assert.Equal(["old", "used", "young"], Entries());
        await MakeAsync(Cache(NoLimits, days: 61), "new");

        Assert.Equal(["new", "used", "young"], Entries());
        Assert.True((await MakeAsync(used, "used")).WasCached);
    }

    [Fact]
    public async Task Entries_unused_longest_go_when_there_is_too_much()
    {
        foreach (var (day, key) in new[] { "first", "second", "third" }.Index())
        {
            using var cache = Cache(NoLimits, day);
            await MakeAsync(cache, key);
        }

        using (var cache = Cache(NoLimits, days: 5))
            Assert.True((await MakeAsync(cache, "first")).WasCached); // used again, it is not the oldest any more

        await MakeAsync(Cache(new CacheLimits(3 * "made".Length, TimeSpan.FromDays(60)), days: 6), "fourth");

        Assert.Equal(["first", "fourth", "third"], Entries());
    }

    [Fact]
    public async Task What_is_no_entry_is_never_removed()
    {
        var mine = Directory.CreateDirectory(_folder.File("photos/holiday"));
        await File.WriteAllTextAsync(Path.Combine(mine.FullName, "entry.json"), "{ \"Generator\": \"me\", \"Files\": [] }", Cancellation);

        await MakeAsync(Cache(new CacheLimits(1, TimeSpan.FromDays(1)), days: 10_000));

        Assert.True(mine.Exists);
        Assert.Single(mine.GetFiles());
    }

    [Fact]
    public async Task Folders_of_dead_processes_go_and_those_of_living_ones_stay()
    {
        var scratch = Directory.CreateDirectory(_folder.File("scratch"));
        string Lease(string name)
        {
            var folder = Directory.CreateDirectory(_folder.File(name));
            File.WriteAllText(Path.Combine(folder.FullName, "half"), "");
            File.WriteAllText(Path.Combine(scratch.FullName, $"{name}.lease"), folder.FullName);
            return folder.FullName;
        }

        var (dead, living, foreign) = (Lease("lutdla-dead"), Lease("lutdla-living"), Lease("home"));
        using var held = new FileStream(Path.Combine(scratch.FullName, "lutdla-living.lease"), FileMode.Open, FileAccess.Write, FileShare.None);

        await MakeAsync(Cache());

        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
        Assert.True(Directory.Exists(foreign));
        Assert.Equal(["lutdla-living.lease"], scratch.GetFileSystemInfos().Select(f => f.Name));
    }

    [Fact]
    public void A_hash_keeps_parts_apart() => Assert.NotEqual(ContentHash.Of(["ab", "c"]), ContentHash.Of(["a", "bc"]));

    private ContentCache Cache(CacheLimits? limits = null, int days = 0) => new(_folder.Path, limits ?? NoLimits, new Day(days));

    private Task<CachedFolder> MakeAsync(ContentCache cache, string key = "1") => cache.GetOrBuildAsync("k", key, async folder =>
    {
        Interlocked.Increment(ref _builds);
        await FillAsync(folder);
    }, Cancellation);

    private static async Task FillAsync(string folder)
    {
        var file = Path.Combine(folder, "x");
        await File.WriteAllTextAsync(file, "made", Cancellation);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task DamageAsync(string entry, string script) => await new ExternalTool("sh", "dash").RunAsync(entry, ["-c", script], Cancellation);

    private string[] Kinds() =>
        [.. Directory.GetDirectories(_folder.Path).Select(p => Path.GetFileName(p)).Where(n => n != "scratch").Order(StringComparer.Ordinal)];

    private string[] Entries() => [.. Directory.GetDirectories(_folder.File("k")).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    private sealed class Day(int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(days);
    }
}
