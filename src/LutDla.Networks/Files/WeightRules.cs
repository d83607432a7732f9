using LutDla.Boundary;
using LutDla.Networks.Graphs;

namespace LutDla.Networks.Files;

/// <summary>What the numbers of a float network must be.</summary>
internal static class WeightRules
{
    /// <param name="file">Where the tensor comes from, for the message.</param>
    /// <param name="name">As <see cref="MatrixOperation"/> states them.</param>
    /// <exception cref="InvalidInputException">A value is not finite, or a variance negative; names the first one.</exception>
    public static void Check(string file, string name, float[] values, string mend)
    {
        Check(value => !float.IsFinite(value), "Every weight must be finite.");
        if (name.EndsWith(".running_var", StringComparison.Ordinal)) Check(value => value < 0, "A variance must not be negative.");

        void Check(Predicate<float> isWrong, string rule)
        {
            var wrong = Array.FindIndex(values, isWrong);
            if (wrong >= 0) throw new InvalidInputException(file, $"{name}[{wrong}]", $"{values[wrong]}", rule, mend);
        }
    }
}
