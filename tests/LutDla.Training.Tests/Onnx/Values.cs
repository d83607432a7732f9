using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

internal static class Values
{
    /// <summary>
    /// The largest difference of two constants, relative to the expected value where that is above 1; they must be of one shape and type.
    /// </summary>
    public static float Difference(ImportedConstant expected, ImportedConstant found)
    {
        Assert.Equal((string.Join('x', expected.Shape), expected.IsInteger), (string.Join('x', found.Shape), found.IsInteger));
        if (expected.IsInteger) return expected.Integers.SequenceEqual(found.Integers) ? 0 : float.PositiveInfinity;
        var largest = 0f;
        for (var i = 0; i < expected.ElementCount; i++)
        {
            var (a, b) = (expected.Singles[i], found.Singles[i]);
            if (a.Equals(b)) continue;
            var difference = Math.Abs(a - b) / Math.Max(1, Math.Abs(a));
            largest = Math.Max(largest, float.IsNaN(difference) ? float.PositiveInfinity : difference);
        }

        return largest;
    }

    /// <summary>Seeded numbers from -1 to 1.</summary>
    public static ImportedConstant Random(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++) values[i] = 2 * random.NextSingle() - 1;
        return ImportedConstant.OfSingles([.. shape], values);
    }
}
