using System.Collections.Concurrent;

namespace LutDla.Rtl.Tools;

/// <summary>
/// Folders named by the content they were made from. An entry is made in a scratch folder and renamed when it is complete, so
/// an interrupted or failed build leaves nothing that later runs would find. Safe for several threads and processes: threads
/// wait for each other, processes may both build, and the first to finish wins.
/// </summary>
/// <param name="root">Created on first use; may be deleted at any time when nothing runs.</param>
public sealed class ContentCache(string root)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Of this user: <c>LUTDLA_CACHE</c>, else <c>lutdla</c> in <c>XDG_CACHE_HOME</c>, else in <c>~/.cache</c>.</summary>
    public static ContentCache Default { get; } = new(DefaultRoot());

    public string Root => root;

    /// <param name="kind">First folder level: <c>simulators</c>.</param>
    /// <param name="key">From <see cref="ContentHash"/>: everything that decides what <paramref name="build"/> makes.</param>
    /// <param name="build">Fills the empty folder that it is given.</param>
    public async Task<CachedFolder> GetOrBuildAsync(string kind, string key, Func<string, Task> build, CancellationToken cancellation)
    {
        var final = Path.Combine(root, kind, key);
        if (Directory.Exists(final))
            return new CachedFolder(final, WasCached: true);

        var gate = _gates.GetOrAdd(final, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellation);
        try
        {
            if (Directory.Exists(final))
                return new CachedFolder(final, WasCached: true);
            await BuildAsync(final, build);
            return new CachedFolder(final, WasCached: false);
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task BuildAsync(string final, Func<string, Task> build)
    {
        var scratch = Path.Combine(Path.GetDirectoryName(final) ?? ".", $"scratch-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(scratch);
        try
        {
            await build(scratch);
            Directory.Move(scratch, final);
        }
        catch (IOException) when (Directory.Exists(final))
        {
            // Another process finished the same content first; its entry is as good as this one.
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    private static string DefaultRoot()
    {
        if (Environment.GetEnvironmentVariable("LUTDLA_CACHE") is { Length: > 0 } chosen)
            return Path.GetFullPath(chosen);
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "lutdla");
    }
}
