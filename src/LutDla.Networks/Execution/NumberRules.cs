namespace LutDla.Networks.Execution;

/// <summary>Which numbers from outside networks are computed with.</summary>
internal static class NumberRules
{
    /// <summary>The largest, of either sign: the sum of millions of its squares is still a number in single precision.</summary>
    public const float Largest = 1e15f;

    /// <summary>For messages.</summary>
    public const string Rule = "Every number must be finite, and from -1e15 to 1e15.";

    public static bool Holds(float value) => Math.Abs(value) <= Largest;

    /// <summary>Where the first number is that does not; -1 if there is none.</summary>
    public static int FindFault(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!Holds(values[i])) return i;
        }

        return -1;
    }
}
