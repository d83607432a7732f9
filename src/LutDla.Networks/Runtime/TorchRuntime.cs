using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using TorchSharp;

namespace LutDla.Networks.Runtime;

/// <summary>
/// Loads libtorch, and sets its threads. Call <see cref="EnsureLoaded"/> before the first use of TorchSharp.
/// </summary>
/// <remarks>
/// <para>libLibTorchSharp.so of TorchSharp 0.107 asks libstdc++ for version GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 do not have,
/// for a symbol that is never called. Only where the system's libstdc++ lacks a version, a copy of the file is made in which that
/// need is weak, and TorchSharp gets the copy. TorchSharp itself never sees a failed load, so it does not fall back to
/// gathering all of libtorch in a folder <c>cpu</c> beside its DLL; a <c>cpu</c> folder left by an earlier program is not read.</para>
/// <para>Worth setting before the process starts (the library reads them at load) where the cores are shared:
/// <c>OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0</c>.</para>
/// <para>Concurrent garbage collection is switched off: see <see cref="HeldScalars"/>. In loops that run long, hold scalars there or with
/// <c>using</c>.</para>
/// </remarks>
public static class TorchRuntime
{
    private const string LibraryFile = "libLibTorchSharp.so";

    private const string PatchedFile = "libLibTorchSharp.weak.so";

    private static readonly Lazy<string> Library = new(Load);

    /// <summary>Loads libtorch once; further calls return at once.</summary>
    /// <param name="threads">Threads of libtorch's own operations, at least 1; null leaves libtorch's choice, the number of cores.</param>
    /// <returns>The LibTorchSharp library in use: the package's own, or the path of the patched copy.</returns>
    /// <exception cref="InvalidOperationException">libtorch cannot be loaded; the message says why.</exception>
    public static string EnsureLoaded(int? threads = null)
    {
        var library = Library.Value;
        if (threads is { } count) torch.set_num_threads(count);
        return library;
    }

    /// <summary>The folder with libtorch's shared libraries, or null where it is not laid out as TorchSharp's packages do.</summary>
    internal static string? NativeFolder { get; } =
        new[] { Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"), AppContext.BaseDirectory }
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, LibraryFile)));

    private static string Load()
    {
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        NativeHeap.KeepFreedMemory();
        var library = OperatingSystem.IsLinux() && NativeFolder is { } folder ? LoadLinux(folder) : "LibTorchSharp";
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new InvalidOperationException($"libtorch cannot be loaded ({library}). {e.Message}", e);
        }

        return library;
    }

    private static string LoadLinux(string folder)
    {
        var original = Path.Combine(folder, LibraryFile);
        // Loaded first and by full path, so that a copy in another folder finds them under their names.
        foreach (var dependency in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" })
            NativeLibrary.Load(Path.Combine(folder, dependency));
        if (NativeLibrary.TryLoad(original, out _)) return original;

        var patched = PatchedCopy(original, LoadedStandardLibrary());
        var handle = NativeLibrary.Load(patched);
        // Asked only after the package's own file has failed to load, for the explicit load and for each P/Invoke.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name.Contains("LibTorchSharp", StringComparison.Ordinal) ? handle : IntPtr.Zero;
        return patched;
    }

    private static string LoadedStandardLibrary() =>
        File.ReadLines("/proc/self/maps")
            .Where(line => line.Contains("libstdc++.so.6", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/')..])
            .FirstOrDefault()
        ?? throw new InvalidOperationException("libstdc++.so.6 is not loaded. Install libstdc++6.");

    private static string PatchedCopy(string original, string standardLibrary)
    {
        var patched = Weaken(File.ReadAllBytes(original), File.ReadAllBytes(standardLibrary));
        try
        {
            return WriteOnce(Path.GetDirectoryName(original) ?? "", patched);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // The application's folder cannot be written to: the user's cache then.
            return WriteOnce(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "lutdla"), patched);
        }
    }

    /// <summary><paramref name="library"/> with each version that <paramref name="standardLibrary"/> lacks made weak.</summary>
    internal static byte[] Weaken(byte[] library, byte[] standardLibrary)
    {
        foreach (var need in ElfVersionNeeds.Read(library).Where(need => need.Library == "libstdc++.so.6"))
        {
            byte[] name = [0, .. Encoding.ASCII.GetBytes(need.Version), 0];
            if (standardLibrary.AsSpan().IndexOf(name) < 0) ElfVersionNeeds.MarkWeak(library, need);
        }

        return library;
    }

    private static string WriteOnce(string folder, byte[] content)
    {
        var path = Path.Combine(folder, PatchedFile);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return path;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
