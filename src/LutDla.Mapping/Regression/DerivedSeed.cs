namespace LutDla.Mapping.Regression;

/// <summary>Seeds that have nothing to do with each other, from a number and a purpose: neighbouring numbers give unlike draws.</summary>
public static class DerivedSeed
{
    /// <param name="purpose">What is drawn: a design, layers, conditions.</param>
    /// <returns>0 to 2^31 - 1.</returns>
    public static int Of(int number, int purpose)
    {
        // The finaliser of SplitMix64.
        var z = unchecked((((ulong)(uint)purpose << 32) | (uint)number) + 0x9e3779b97f4a7c15u);
        z = unchecked((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u);
        z = unchecked((z ^ (z >> 27)) * 0x94d049bb133111ebu);
        return (int)((z ^ (z >> 31)) & int.MaxValue);
    }
}
