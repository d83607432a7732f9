using LutDla.Boundary;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;

namespace LutDla.Networks.Files;

/// <summary>What the numbers of a float network must be.</summary>
internal static class WeightRules
{
    /// <param name="file">Where the tensor comes from, for the message.</param>
    /// <param name="name">As <see cref="MatrixOperation"/> states them.</param>
    /// <exception cref="InvalidInputException">
    /// A value breaks <see cref="NumberRules"/>, or a variance is negative; names the first one.
    /// </exception>
    public static void Check(string file, string name, float[] values, string mend)
    {
        Check(NumberRules.FindFault(values), NumberRules.Rule);
        if (name.EndsWith(".running_var", StringComparison.Ordinal))
            Check(Array.FindIndex(values, value => value < 0), "A variance must not be negative.");

        void Check(int wrong, string rule)
        {
            if (wrong >= 0) throw new InvalidInputException(file, $"{name}[{wrong}]", $"{values[wrong]}", rule, mend);
        }
    }
}
