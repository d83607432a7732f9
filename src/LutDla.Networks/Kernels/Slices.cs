using TorchSharp;

namespace LutDla.Networks.Kernels;

/// <summary>Cuts work into one contiguous slice a thread, as many as libtorch uses. Results never depend on the number of slices.</summary>
internal static class Slices
{
    /// <summary>Calls <paramref name="body"/> with the begin and end of each slice of 0 to <paramref name="count"/>.</summary>
    public static void Run(int count, Action<int, int> body)
    {
        var slices = Math.Min(torch.get_num_threads(), count);
        if (slices <= 1)
            body(0, count);
        else
            Parallel.For(0, slices, slice => body((int)((long)count * slice / slices), (int)((long)count * (slice + 1) / slices)));
    }
}
