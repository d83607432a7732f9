namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>What a point of code coverage counts.</summary>
public enum CodePointKind
{
    /// <summary>A block of statements ran.</summary>
    Line,

    /// <summary>A bit changed.</summary>
    Bit,
}

/// <summary>A point of a file that a simulation should have passed.</summary>
/// <param name="What">A bit of a signal, or which branch of a statement.</param>
public sealed record CodePoint(CodePointKind Kind, string File, int Line, string What);
