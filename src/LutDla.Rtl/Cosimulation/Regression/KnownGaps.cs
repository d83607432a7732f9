namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>Why points of code coverage are never met, where that is known.</summary>
public static class KnownGaps
{
    /// <returns>Nothing if it is not known.</returns>
    public static string? Reason(CodePoint point) => null;
}
