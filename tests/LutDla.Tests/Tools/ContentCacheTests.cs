using LutDla.Rtl.Tools;

namespace LutDla.Tests.Tools;

public sealed class ContentCacheTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Concurrent_users_of_one_cache_build_once()
    {
        var (cache, builds) = (new ContentCache(_scratch.Path), 0);
        var folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cache.GetOrBuildAsync("k", "1", async folder =>
        {
            Interlocked.Increment(ref builds);
            await File.WriteAllTextAsync(Path.Combine(folder, "x"), "made", Cancellation);
        }, Cancellation)));

        Assert.Equal(1, builds);
        Assert.Single(folders, f => !f.WasCached);
        Assert.All(folders, f => Assert.Equal("made", File.ReadAllText(Path.Combine(f.Path, "x"))));
    }

    [Fact]
    public async Task A_failed_build_leaves_nothing_and_can_be_repeated()
    {
        var cache = new ContentCache(_scratch.Path);
        await Assert.ThrowsAsync<ToolException>(() => cache.GetOrBuildAsync("k", "1", folder =>
        {
            File.WriteAllText(Path.Combine(folder, "half"), "");
            throw new ToolException("no");
        }, Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.File("k")));

        Assert.False((await cache.GetOrBuildAsync("k", "1", _ => Task.CompletedTask, Cancellation)).WasCached);
    }

    [Fact]
    public void A_hash_keeps_parts_apart() => Assert.NotEqual(ContentHash.Of(["ab", "c"]), ContentHash.Of(["a", "bc"]));
}
