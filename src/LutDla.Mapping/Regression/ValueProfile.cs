namespace LutDla.Mapping.Regression;

/// <summary>Which numbers come up.</summary>
internal enum ValueProfile
{
    /// <summary>Anything.</summary>
    Uniform,

    /// <summary>Half of them near zero: neighbours then tie often.</summary>
    NearZero,

    /// <summary>The lowest or the highest, nothing between: distances and sums are as large as they get.</summary>
    Extreme,

    /// <summary>All the lowest.</summary>
    Lowest,

    /// <summary>All the highest.</summary>
    Highest,

    /// <summary>All one number.</summary>
    Equal,
}
