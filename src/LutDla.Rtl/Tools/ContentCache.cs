using System.Collections.Concurrent;

namespace LutDla.Rtl.Tools;

/// <summary>
/// Folders named by the content they were made from. An entry is made elsewhere and renamed when it is complete; each use
/// checks it byte for byte, and a damaged one is made anew. What was long unused, or is too much, goes when something new comes,
/// but never what a process uses. Safe for several threads and processes: threads wait for each other, processes may both build,
/// and the first to finish wins.
/// </summary>
/// <param name="root">Created on first use; may be deleted at any time when nothing runs.</param>
/// <param name="limits">Left out: those of the environment.</param>
/// <param name="clock">For the time of the last use.</param>
public sealed class ContentCache(string root, CacheLimits? limits = null, TimeProvider? clock = null) : IDisposable
{
    public const string PlaceVariable = "LUTDLA_CACHE";

    private const int BuildsBetweenTrims = 32;

    private static readonly Lazy<ContentCache> OfUser = new(() => new ContentCache(DefaultRoot()));

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    // In use until the process ends, or says so.
    private readonly ConcurrentDictionary<string, CacheEntry> _held = new(StringComparer.Ordinal);

    private readonly CacheLimits _limits = limits ?? CacheLimits.FromEnvironment();

    // Folders of entries that are used where they were made.
    private readonly ConcurrentBag<LeasedFolder> _unsettled = [];

    private int _builds;

    /// <summary>Of this user: <c>LUTDLA_CACHE</c>, else <c>lutdla</c> in <c>XDG_CACHE_HOME</c>, else in <c>~/.cache</c>.</summary>
    /// <exception cref="Boundary.InvalidInputException">The environment names no size.</exception>
    public static ContentCache Default => OfUser.Value;

    public string Root => root;

    public CacheLimits Limits => _limits;

    /// <summary>See <see cref="LeasedFolder"/>.</summary>
    internal string Records => Path.Combine(root, CacheContent.ScratchName);

    private DateTimeOffset Now => (clock ?? TimeProvider.System).GetUtcNow();

    /// <summary>Says that nothing is used any more: others may remove it.</summary>
    public void Dispose()
    {
        foreach (var entry in _held.Values)
            entry.Dispose();
        foreach (var folder in _unsettled)
            folder.Dispose();
        foreach (var gate in _gates.Values)
            gate.Dispose();
    }

    public CacheContent Content() => CacheContent.Of(root);

    /// <param name="kind">First folder level: <c>simulators</c>.</param>
    /// <param name="key">From <see cref="ContentHash"/>: everything that decides what <paramref name="build"/> makes.</param>
    /// <param name="build">Fills the empty folder that it is given.</param>
    /// <exception cref="Boundary.InvalidInputException">The cache cannot be written.</exception>
    public async Task<CachedFolder> GetOrBuildAsync(string kind, string key, Func<string, Task> build, CancellationToken cancellation)
    {
        var final = Path.Combine(root, kind, key);
        var gate = _gates.GetOrAdd(final, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellation);
        try
        {
            if (_held.TryGetValue(final, out var held))
                return new CachedFolder(held.Path, WasCached: true);
            var found = CacheEntry.Open(final, Now);
            var entry = _held[final] = found ?? await BuildAsync(final, build);
            return new CachedFolder(entry.Path, WasCached: found is not null);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<CacheEntry> BuildAsync(string final, Func<string, Task> build)
    {
        var lease = new LeasedFolder(Records, Path.Combine(Records, LeasedFolder.NewName()));
        try
        {
            Directory.CreateDirectory(lease.Path);
            await build(lease.Path);
            EntryManifest.Write(lease.Path);
            var entry = Settle(CacheEntry.Open(lease.Path, Now) ?? throw new IOException($"{lease.Path} was changed while it was being made."), final);
            if (lease.IsLocked && Interlocked.Increment(ref _builds) % BuildsBetweenTrims == 1)
                Content().Trim(_limits, Now, Records);
            if (entry.Path == lease.Path)
                _unsettled.Add(lease);
            return entry;
        }
        finally
        {
            if (!_unsettled.Contains(lease))
                lease.Dispose();
        }
    }

    // Another process may have finished the same content first; its entry is as good as this one. A damaged one makes room, and
    // where it cannot, the new one is used where it is.
    private CacheEntry Settle(CacheEntry made, string final)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(final) ?? root);
        while (true)
        {
            try
            {
                made.MoveTo(final);
                return made;
            }
            catch (IOException) when (Directory.Exists(final))
            {
                if (CacheEntry.Open(final, Now) is { } theirs)
                {
                    made.Dispose();
                    return theirs;
                }

                if (!CacheEntry.Remove(final, Records))
                    return made;
            }
        }
    }

    private static string DefaultRoot()
    {
        if (Environment.GetEnvironmentVariable(PlaceVariable) is { Length: > 0 } chosen)
            return Path.GetFullPath(chosen);
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.GetFullPath(Path.Combine(caches, "lutdla"));
    }
}
