using System.Numerics;

namespace LutDla.Golden.Fast;

/// <summary>One more element's difference in a distance.</summary>
internal interface IMetric
{
    static abstract Vector<T> Add<T>(Vector<T> distance, Vector<T> difference);
}

internal readonly struct ManhattanMetric : IMetric
{
    public static Vector<T> Add<T>(Vector<T> distance, Vector<T> difference) => distance + Vector.Abs(difference);
}

internal readonly struct EuclideanMetric : IMetric
{
    public static Vector<T> Add<T>(Vector<T> distance, Vector<T> difference) => distance + difference * difference;
}

internal readonly struct ChebyshevMetric : IMetric
{
    public static Vector<T> Add<T>(Vector<T> distance, Vector<T> difference) => Vector.Max(distance, Vector.Abs(difference));
}
