namespace LutDla.Rtl.Cosimulation;

/// <summary>In what RTL and golden model differ.</summary>
public enum MismatchKind
{
    /// <summary>An index is wrong, or never came.</summary>
    Index,

    /// <summary>A result is wrong, or never came.</summary>
    Result,

    /// <summary>The bit that marks the last beat of a tile is wrong; the results of the beat are right.</summary>
    Last,

    /// <summary>A result came a second time.</summary>
    Repeated,

    /// <summary>Indices came that no pass asked for.</summary>
    SurplusIndex,

    /// <summary>Results came that no pass asked for, or for rows that the layer lacks.</summary>
    SurplusResult,
}
