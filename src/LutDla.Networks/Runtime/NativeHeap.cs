using System.Runtime.InteropServices;

namespace LutDla.Networks.Runtime;

/// <summary>
/// Keeps the memory of freed tensors for the next ones. By default glibc gives blocks of megabytes back to the system at once, and every
/// step of training takes them anew, page by page: a fifth of its time.
/// </summary>
internal static partial class NativeHeap
{
    // The numbers of the parameters in glibc's malloc.h.
    private const int TrimThreshold = -1;

    private const int TopPad = -2;

    private const int MmapThreshold = -3;

    /// <summary>Where the library is another one, nothing changes.</summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // The largest threshold that glibc takes; larger tensors still come from the system.
            _ = SetOption(MmapThreshold, 32 << 20);
            _ = SetOption(TrimThreshold, int.MaxValue);
            _ = SetOption(TopPad, 64 << 20);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
