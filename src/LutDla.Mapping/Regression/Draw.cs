namespace LutDla.Mapping.Regression;

/// <summary>What a regression draws.</summary>
public static class Draw
{
    /// <summary>One of some values, each as likely.</summary>
    public static T One<T>(this Random random, params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    /// <summary>True once in so many times.</summary>
    public static bool OnceIn(this Random random, int times) => random.Next(times) == 0;

    /// <summary>A number of things, both ends included.</summary>
    public static int Between(this Random random, int lowest, int highest) => random.Next(lowest, highest + 1);
}
