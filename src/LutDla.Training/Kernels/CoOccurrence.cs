using LutDla.Networks.Kernels;

namespace LutDla.Training.Kernels;

/// <summary>How often each two centroids are chosen by the same row: the Gram matrix of the one-hot coded indices.</summary>
internal static unsafe class CoOccurrence
{
    /// <summary>gram[s·c + i, t·c + j] = the rows m with indices[s, m] = i and indices[t, m] = j.</summary>
    /// <param name="indices">[subspaces, rows].</param>
    /// <param name="gram">[subspaces · centroids, subspaces · centroids], written.</param>
    public static void Count(byte* indices, float* gram, int subspaces, int centroids, int rows)
    {
        // Slice k takes subspaces k and S-1-k, which together have as many partners as any other such pair.
        Slices.Run((subspaces + 1) / 2, (begin, end) =>
        {
            var counts = new int[centroids * centroids];
            for (var k = begin; k < end; k++)
            {
                Row(k, counts);
                if (subspaces - 1 - k != k) Row(subspaces - 1 - k, counts);
            }
        });

        void Row(int s, int[] counts)
        {
            for (var t = s; t < subspaces; t++)
            {
                Histogram(indices + (long)s * rows, indices + (long)t * rows, centroids, rows, counts);
                Store(s, t, counts);
            }
        }

        void Store(int s, int t, int[] counts)
        {
            var side = (long)subspaces * centroids;
            for (var i = 0; i < centroids; i++)
            {
                for (var j = 0; j < centroids; j++)
                {
                    float count = counts[i * centroids + j];
                    gram[(s * centroids + i) * side + t * centroids + j] = count;
                    gram[(t * centroids + j) * side + s * centroids + i] = count;
                }
            }
        }
    }

    private static void Histogram(byte* left, byte* right, int centroids, int rows, int[] counts)
    {
        unchecked
        {
            Array.Clear(counts);
            fixed (int* bins = counts)
            {
                for (var m = 0; m < rows; m++) bins[left[m] * centroids + right[m]]++;
            }
        }
    }
}
