using System.Runtime.Intrinsics;

namespace LutDla.Training.Kernels;

/// <summary>A distance of sixteen sub-vectors at a time, built up element by element from 0.</summary>
internal interface IDistance
{
    static abstract Vector512<float> Add(Vector512<float> distance, Vector512<float> difference);
}

internal readonly struct SquaredDistance : IDistance
{
    public static Vector512<float> Add(Vector512<float> distance, Vector512<float> difference) =>
        Vector512.FusedMultiplyAdd(difference, difference, distance);
}

internal readonly struct ManhattanDistance : IDistance
{
    public static Vector512<float> Add(Vector512<float> distance, Vector512<float> difference) => distance + Vector512.Abs(difference);
}

internal readonly struct ChebyshevDistance : IDistance
{
    public static Vector512<float> Add(Vector512<float> distance, Vector512<float> difference) =>
        Vector512.Max(distance, Vector512.Abs(difference));
}
